import { useRef, useState } from "preact/hooks";
import { newKey, post } from "../api/client";
import { moneyInput } from "../text/money";
import { readWhole } from "../text/number";
import { Dialog } from "../ui/dialog";
import { Checkbox, Form, MoneyField, moneyOf, NumberField, TextField } from "../ui/form";
import { Money } from "../ui/text";
import type { Order } from "./order";
import { type AdminPayment, useSeenPayment } from "./payment-seen";

type Item = Order["items"][number];

/** What so many units of a line cost their customer: with their share of its discount, and of tax that was added. */
function costOf(order: Order, item: Item, quantity: number): number {
  const whole = item.total - item.discount + (order.tax > 0 ? item.tax : 0);
  return Math.round((whole * quantity) / item.quantity);
}

/** What is chosen in the dialog so far, in minor units. What cannot be read counts as nothing yet. */
function chosenIn(form: HTMLFormElement, order: Order): number {
  const values = new FormData(form);
  const units = order.items.map((item) => {
    try {
      return costOf(order, item, readWhole(String(values.get(`units-${item.id}`)), { least: 0, most: item.quantity }));
    } catch {
      return 0;
    }
  });
  return units.reduce((sum, cost) => sum + cost, values.get("delivery") === "on" ? order.shipping : 0);
}

/** A refund by item or by sum. It starts at nothing: money that went back does not come again. */
export function Refund({
  order,
  payment,
  onClose,
  done,
}: {
  order: Order;
  payment: AdminPayment;
  onClose: () => void;
  done: (said: string) => void;
}) {
  const { seen, act } = useSeenPayment(payment);
  const { currency } = seen;
  const left = seen.captured - seen.refunded;
  const fields = useRef<HTMLDivElement>(null);
  const [amount, setAmount] = useState("");
  const add = () => {
    const chosen = Math.min(chosenIn(fields.current!.closest("form")!, order), left);
    setAmount(chosen > 0 ? moneyInput(chosen, currency) : "");
  };
  return (
    <Dialog title="Refund" onClose={onClose}>
      <Form
        submit="Refund"
        danger
        disabled={left === 0}
        cancel={onClose}
        onSubmit={async (values) => {
          const body = {
            amount: moneyOf(values, "amount", currency, { least: 1, most: left }),
            reason: values.reason!.trim(),
          };
          await act(({ id }) => post("/payments/{id}/refunds", [id], { body, idempotencyKey: newKey() }));
          done(seen.gateway === "manual" ? "Recorded: say here once you sent it" : "Refunded");
        }}
      >
        <p>
          Up to <Money minor={left} currency={currency} /> can go back.{" "}
          {seen.gateway === "manual"
            ? "You send it by hand; the customer is told once you say that you did."
            : "It cannot be called back."}{" "}
          Stock stays as it is: what comes back is booked under Returns.
        </p>
        <fieldset>
          <legend>What it is for</legend>
          <div ref={fields} class="refund-lines" onInput={add} onChange={add}>
            {order.items.map((item) => (
              <NumberField
                key={item.id}
                name={`units-${item.id}`}
                label={item.name}
                unit={`of ${item.quantity}`}
                value="0"
              />
            ))}
            {order.shipping > 0 && (
              <Checkbox
                name="delivery"
                label={
                  <>
                    Delivery, <Money minor={order.shipping} currency={currency} />
                  </>
                }
              />
            )}
          </div>
        </fieldset>
        <MoneyField
          key={amount}
          name="amount"
          label="Amount"
          value={amount}
          required
          hint="What was chosen above, or any other sum."
        />
        <p class="acts">
          <button type="button" class="link" onClick={() => setAmount(moneyInput(left, currency))}>
            All that is left
          </button>
        </p>
        <TextField name="reason" label="Reason" optional maxLength={500} />
      </Form>
    </Dialog>
  );
}
