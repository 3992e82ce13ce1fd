import { useState } from "preact/hooks";
import { type Answer, type Body, newKey, post } from "../api/client";
import { useData } from "../api/data";
import { money } from "../text/money";
import { readWhole } from "../text/number";
import { Dialog } from "../ui/dialog";
import { Form, GroupFault, SelectField, TextField, typedIn, type Values } from "../ui/form";
import { notify } from "../ui/toast";
import type { Order } from "./order";
import { DiscountFields, discountIn } from "./order-discount";
import { type Draft, Lines, linesOf } from "./order-lines";
import { useSeenOrder } from "./order-seen";
import { Sums } from "./order-sums";

type Edit = Body<"/admin/orders/{id}/edits", "post">;
type Edited = Answer<"/admin/orders/{id}/edits", "post">;

/** Whether an order can be edited: it is open, or a draft. */
export const mayEdit = ({ status }: Order) =>
  ["draft", "pending", "paid", "processing", "partially_shipped"].includes(status);

export function EditOrder({ order, onChanged }: { order: Order; onChanged: (order: Order) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="link" onClick={() => setOpen(true)}>
        Edit order
      </button>
      {open && <EditDialog order={order} onChanged={onChanged} onClose={() => setOpen(false)} />}
    </>
  );
}

/** The lines, delivery and discount of an order. What an edit comes to is shown before it is done. */
function EditDialog({
  order,
  onChanged,
  onClose,
}: {
  order: Order;
  onChanged: (order: Order) => void;
  onClose: () => void;
}) {
  const { seen, act } = useSeenOrder(order);
  const methods = useData("/admin/delivery-methods").data?.data.filter(({ active }) => active) ?? [];
  const [lines, setLines] = useState<Draft[]>([]);
  const [shown, setShown] = useState<{ edited: Edited; of: string } | undefined>();
  const { currency } = seen;

  const bodyOf = (values: Values): Edit => {
    const change = seen.items.flatMap((item) => {
      const quantity = typedIn(values, `line-${item.id}`, (text) => readWhole(text, { least: 0 }));
      return quantity === item.quantity ? [] : [{ item_id: item.id, quantity }];
    });
    const method = methods.find(({ id }) => String(id) === values.delivery);
    return {
      change,
      add: linesOf(values, "add", lines, currency),
      ...discountIn(values, currency),
      ...(method && { delivery_method_id: method.id }),
      reason: (values.reason ?? "").trim(),
    };
  };
  const submit = async (values: Values) => {
    const body = bodyOf(values);
    const of = JSON.stringify(body);
    await act(async ({ id, version }) => {
      if (shown?.of !== of) {
        setShown({
          edited: await post("/admin/orders/{id}/edits", [id], { body: { ...body, dry_run: true }, version }),
          of,
        });
        return;
      }
      const edited = await post("/admin/orders/{id}/edits", [id], { body, version, idempotencyKey: newKey() });
      notify(`Order ${id} is changed: ${balanceText(edited.balance, currency)}`);
      onChanged(edited.order as Order);
      onClose();
    });
  };
  return (
    <Dialog title={`Edit order ${seen.id}`} wide onClose={onClose}>
      <div onInput={() => setShown(undefined)}>
        <Form submit={shown ? "Apply" : "See what changes"} cancel={onClose} onSubmit={submit}>
          <fieldset>
            <legend>What it has</legend>
            {seen.items.map((item) => (
              <div key={item.id}>
                <TextField
                  name={`line-${item.id}`}
                  label={`${item.name}, quantity`}
                  short
                  required
                  value={String(item.quantity)}
                  inputMode="numeric"
                  hint={`${money(item.unit_price, currency)} each, as it was agreed. 0 takes it out.`}
                />
              </div>
            ))}
            <GroupFault name="change" label="A line" />
          </fieldset>
          <Lines
            at="add"
            lines={lines}
            onChange={(next) => {
              setLines(next);
              setShown(undefined);
            }}
          />
          <SelectField
            name="delivery"
            label="Delivery"
            options={[
              ["", "As it was agreed"],
              ...methods.map(({ id, name }) => [String(id), `${name}, at today's price`] as const),
            ]}
          />
          <DiscountFields hint="In place of what staff gave." why="Why a discount" />
          <TextField
            name="reason"
            label="Why it is edited"
            optional
            maxLength={500}
            hint="For the shop's own people."
          />
          {shown && <Outcome edited={shown.edited} before={seen} />}
        </Form>
      </div>
    </Dialog>
  );
}

const balanceText = (balance: number, currency: string) =>
  balance > 0
    ? `${money(balance, currency)} are still owed`
    : balance < 0
      ? `${money(-balance, currency)} go back`
      : "nothing is owed";

/** What the edit would come to. */
function Outcome({ edited, before }: { edited: Edited; before: Order }) {
  const { order, balance, stock } = edited;
  const back = (order.payment?.refunded ?? 0) - (before.payment?.refunded ?? 0);
  return (
    <section aria-label="What changes" role="status" class="outcome">
      <Sums order={order as Order} />
      <p class="notice">
        The total goes from {money(before.total, before.currency)} to {money(order.total, order.currency)};{" "}
        {back > 0 ? `${money(back, order.currency)} go back to the customer` : balanceText(balance, order.currency)}.
        {stock.length > 0 &&
          ` ${stock.reduce((units, { reserved_delta }) => units + reserved_delta, 0)} units more are held for it.`}
      </p>
    </section>
  );
}
