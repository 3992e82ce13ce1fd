import { type Answer, get, stale } from "../api/client";
import { useSeen } from "../ui/edit";
import { statusLabel } from "../ui/status";

export type AdminPayment = Answer<"/admin/payments/{id}", "get">;

/**
 * Makes a dialog act on the payment that was shown when it opened. Payment routes take no version, so the payment is
 * read again before the act; changes between the two are stopped only by the server's own checks.
 */
export function useSeenPayment(payment: AdminPayment) {
  const load = () => get("/admin/payments/{id}", [payment.id]);
  const { seen, act } = useSeen(payment, load, (was, now) => {
    const changed = was.status === now.status ? "" : `: it is “${statusLabel("payment", now.status)}” now`;
    return `The payment changed while this was open${changed}`;
  });
  return {
    seen,
    act: (run: (seen: AdminPayment) => Promise<unknown>) =>
      act(async () => {
        if ((await load()).version !== seen.version) throw stale();
        await run(seen);
      }),
  };
}
