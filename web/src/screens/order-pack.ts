/** Whether packing began and some of it is still to leave the house. */
export const isInPacking = ({ status }: { status: string }) =>
  status === "processing" || status === "partially_shipped";

/** Whether packing may begin: whether it may is the server's to say, paid or not. */
export const mayBegin = (order: { status: string; packable: boolean }) => order.packable && !isInPacking(order);
