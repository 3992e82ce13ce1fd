import type { Row } from "../api/client";
import type { Session } from "../session";
import type { Order } from "./order";

// Which orders may be packed. Most are paid first; those that are paid on delivery, or by a transfer that the shop does not
// wait for, are packed while they are still pending.

type ShipsUnpaid = Session["shop"]["shipsUnpaid"];

/** Whether an order is to be paid by hand, later: it is pending, and its stock is held without an end. */
export const isPaidLater = ({ status, payment_status, expires_at }: Row<"/admin/orders">) =>
  status === "pending" && payment_status === "processing" && expires_at === null;

/** Whether packing began and some of it is still to leave the house. */
export const isInPacking = ({ status }: { status: string }) => status === "processing" || status === "partially_shipped";

export function mayPack(order: Order, ships: ShipsUnpaid): boolean {
  const { status, next_statuses, total, payment } = order;
  if (isInPacking(order)) return true;
  if (!next_statuses.includes("processing")) return false;
  if (status !== "pending" || total === 0) return true;
  return payment?.status === "processing" && payment.method in ships && ships[payment.method as keyof ShipsUnpaid];
}

/** The same of a row of the list, which does not say which way it is paid: where the shop waits for one of them, such an
 * order is refused with the reason. */
export const mayBePacked = (order: Row<"/admin/orders">, ships: ShipsUnpaid) =>
  order.status === "paid" ||
  isInPacking(order) ||
  (isPaidLater(order) && (ships.bank_transfer || ships.cash_on_delivery));
