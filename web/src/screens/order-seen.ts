import { get } from "../api/client";
import { useSeen } from "../ui/edit";
import { statusLabel } from "../ui/status";
import type { Order } from "./order";

/** Makes a dialog act on the order that was shown when it opened. */
export const useSeenOrder = (order: Order) =>
  useSeen(
    order,
    () => get("/admin/orders/{id}", [order.id]),
    (was, now) =>
      `Order ${order.id} changed while this was open${was.status === now.status ? "" : `: it is ${statusLabel("order", now.status).toLowerCase()} now`}`,
  );
