import { useState } from "preact/hooks";
import { put, remove } from "../api/client";
import { money, moneyInput, readMoney } from "../text/money";
import { readPercent } from "../text/percent";
import { Button } from "../ui/button";
import { confirmAct, Dialog } from "../ui/dialog";
import { FieldFault, Form, TextField, typedIn, type Values } from "../ui/form";
import { notify } from "../ui/toast";
import type { Order } from "./order";
import { useSeenOrder } from "./order-seen";

type Part = { order: Order; onChanged: (order: Order) => void };

type Cut = { rate_ppm: number } | { amount: number };

/** "10 %" is a share, "5" an amount. Empty: nothing. */
function readCut(values: Values, name: string, currency: string): Cut | undefined {
  const text = values[name]?.trim() ?? "";
  if (!text) return undefined;
  return typedIn(values, name, (typed) =>
    typed.includes("%") ? { rate_ppm: readPercent(typed) } : { amount: readMoney(typed, currency) },
  );
}

/** A discount of the whole order, as it is typed beside its lines. Without an amount there is none. */
export function DiscountFields({ hint, why }: { hint: string; why: string }) {
  return (
    <div class="fields">
      <TextField name="discount/amount" label="Discount" short optional placeholder="10 %" hint={hint} />
      <TextField name="discount/reason" label={why} optional maxLength={200} />
    </div>
  );
}

/** What is typed in them, as it stands in a body. */
export function discountIn(values: Values, currency: string): { discount?: Cut & { reason: string } } {
  const cut = readCut(values, "discount/amount", currency);
  const reason = (values["discount/reason"] ?? "").trim();
  if (cut && !reason) throw new FieldFault("discount/reason", "Say why: the customer may read it.");
  return cut ? { discount: { reason, ...cut } } : {};
}

const given = (order: Order) => order.items.reduce((sum, { staff_discount }) => sum + staff_discount, 0);

/** What staff take off an order that is not paid yet. */
export function StaffDiscount({ order, onChanged }: Part) {
  const [open, setOpen] = useState(false);
  const takeBack = async () => {
    const sure = await confirmAct({
      title: "Take the discount back?",
      text: <p>The order costs {money(given(order), order.currency)} more then, before tax that is added.</p>,
      act: "Take it back",
    });
    if (!sure) return;
    onChanged(await remove("/admin/orders/{id}/discount", [order.id], { version: order.version }));
    notify("The discount is taken back");
  };
  return (
    <>
      {given(order) > 0 && (
        <Button class="link" onPress={takeBack}>
          Take discount back
        </Button>
      )}
      <button type="button" class="link" onClick={() => setOpen(true)}>
        {given(order) > 0 ? "Change discount" : "Give a discount"}
      </button>
      {open && <Give order={order} onChanged={onChanged} onClose={() => setOpen(false)} />}
    </>
  );
}

function Give({ order, onChanged, onClose }: Part & { onClose: () => void }) {
  const { seen, act } = useSeenOrder(order);
  const { items, currency } = seen;
  const several = items.length > 1;
  return (
    <Dialog title="Give a discount" onClose={onClose}>
      <Form
        submit="Give it"
        cancel={onClose}
        onSubmit={async (values) => {
          const whole = readCut(values, "amount", currency);
          const lines = items.flatMap((item) => {
            const name = `line-${item.id}`;
            const cut = readCut(values, name, currency);
            const left = item.total - item.discount + item.staff_discount;
            if (cut && "amount" in cut && cut.amount > left)
              throw new FieldFault(name, `At most ${money(left, currency)}, which it costs.`);
            return cut ? [{ item_id: item.id, ...cut }] : [];
          });
          if (!whole && lines.length === 0) throw new FieldFault("amount", "Say how much: 10 %, or an amount.");
          await act(async ({ id, version }) => {
            const body = { reason: values.reason!.trim(), items: lines, ...whole };
            const changed = await put("/admin/orders/{id}/discount", [id], { body, version });
            notify(`The total is ${money(changed.total, currency)} now`);
            onChanged(changed);
          });
          onClose();
        }}
      >
        <TextField
          name="amount"
          label={several ? "Off the whole order" : "Off the order"}
          short
          optional={several}
          required={!several}
          placeholder="10 %"
          hint="A share, as 10 %, or an amount."
        />
        {several && (
          <fieldset>
            <legend>Off single lines, before that</legend>
            {items.map((item) => (
              <TextField key={item.id} name={`line-${item.id}`} label={item.name} short optional />
            ))}
          </fieldset>
        )}
        <TextField
          name="reason"
          label="Why"
          required
          maxLength={200}
          value={seen.staff_discount_reason}
          hint="The customer may read it."
        />
        {given(seen) > 0 && (
          <p class="hint muted">
            It takes the place of the {moneyInput(given(seen), currency)} that were given before.
          </p>
        )}
      </Form>
    </Dialog>
  );
}
