/** Whether packing began and units are still in the shop. */
export const isInPacking = ({ status }: { status: string }) =>
  status === "processing" || status === "partially_shipped";

/** Whether packing may begin. The server decides whether an order may be packed, paid or not. */
export const mayBegin = (order: { status: string; packable: boolean }) => order.packable && !isInPacking(order);

/** How far the labels of an order's parcels are. */
export const labelWords: Record<string, string> = {
  ready: "label ready",
  pending: "label on its way",
  failed: "no label: failed",
  outdated: "label outdated",
  leaving: "marked shipped",
};
