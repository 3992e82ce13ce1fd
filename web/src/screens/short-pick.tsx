import { useEffect, useRef, useState } from "preact/hooks";
import { type Answer, type Body, explain, newKey, post } from "../api/client";
import { Dialog } from "../ui/dialog";
import { FieldFault, Form, integerOf, NumberField, SelectField, TextField, type Values } from "../ui/form";
import { Money } from "../ui/text";
import { notify } from "../ui/toast";

interface Pickable {
  id: number;
  version: number;
  items: readonly { item_id: number; name: string; units: number }[];
}
type Wanted = Body<"/orders/{id}/short-pick", "post">;
type Plan = Answer<"/orders/{id}/short-pick", "post">;

function wantedOf(values: Values, order: Pickable): Wanted {
  const missing = order.items
    .map(({ item_id, units }) => ({
      item_id,
      quantity: integerOf(values, `missing-${item_id}`, { most: units }) ?? 0,
    }))
    .filter(({ quantity }) => quantity > 0);
  if (missing.length === 0) throw new FieldFault(`missing-${order.items[0]!.item_id}`, "At least one unit is missing.");
  return {
    missing,
    rest: values.rest as Wanted["rest"],
    missing_units: values.missing_units as Wanted["missing_units"],
    ...(values.reason?.trim() && { reason: values.reason.trim() }),
  };
}

/** Not all is on the shelf: what is there goes out, and what comes of the rest is said, with the sum, before it is done. */
export function ShortPick({
  order,
  missing,
  onClose,
  onDone,
}: {
  order: Pickable;
  /** How many units of an item are likely to be missing. */
  missing: Record<number, number>;
  onClose: () => void;
  onDone: (shipment: number | null) => Promise<void> | void;
}) {
  const [key] = useState(newKey);
  const [plan, setPlan] = useState<Plan | undefined>();
  const [fault, setFault] = useState("");
  const group = useRef<HTMLDivElement>(null);
  const asked = useRef(0);
  const items = order.items.filter(({ units }) => units > 0);

  const look = async () => {
    const mine = ++asked.current;
    setFault("");
    setPlan(undefined);
    const form = group.current!.closest("form")!;
    try {
      const wanted = wantedOf(Object.fromEntries(new FormData(form)) as Values, { ...order, items });
      const answer = await post("/orders/{id}/short-pick", [order.id], {
        body: { ...wanted, dry_run: true },
        version: order.version,
      });
      if (mine === asked.current) setPlan(answer);
    } catch (error) {
      if (mine === asked.current && !(error instanceof FieldFault)) setFault(explain(error));
    }
  };
  useEffect(() => void look(), []);

  return (
    <Dialog title="Something is missing" onClose={onClose}>
      <Form
        submit={plan && plan.packed.length === 0 ? "Do so" : "Pack what is there"}
        cancel={onClose}
        onSubmit={async (values) => {
          const done = await post("/orders/{id}/short-pick", [order.id], {
            body: wantedOf(values, { ...order, items }),
            version: order.version,
            idempotencyKey: key,
          });
          notify(done.packed.length > 0 ? "What is there is packed" : "Done");
          onClose();
          await onDone(done.shipment?.id ?? null);
        }}
      >
        <div class="group" ref={group} onInput={() => void look()}>
          <fieldset>
            <legend>What is missing</legend>
            {items.map((item) => (
              <NumberField
                key={item.item_id}
                name={`missing-${item.item_id}`}
                label={item.name}
                unit={`of ${item.units}`}
                value={String(missing[item.item_id] ?? 0)}
              />
            ))}
          </fieldset>
          <SelectField
            name="rest"
            label="The customer"
            value="hold"
            options={[
              ["hold", "gets it later, in another parcel"],
              ["refund", "gets their money back for it, or owes less"],
            ]}
          />
          <SelectField
            name="missing_units"
            label="The missing units"
            value="put_back"
            options={[
              ["put_back", "are in stock: found later, or put back"],
              ["write_off", "are lost or broken: write them off"],
            ]}
          />
        </div>
        <p class="sum" aria-live="polite">
          {fault ? (
            <span class="bad">{fault}</span>
          ) : plan ? (
            <>
              {plan.off_total > 0 ? (
                <>
                  The customer owes <Money minor={plan.off_total} currency={plan.currency} /> less;{" "}
                </>
              ) : (
                <>
                  <Money minor={plan.refund} currency={plan.currency} /> go back to the customer;{" "}
                </>
              )}
              {plan.written_off === 1 ? "1 unit is" : `${plan.written_off} units are`} written off
              {plan.voided.length > 0 && "; the label made before is voided"}.
            </>
          ) : (
            "…"
          )}
        </p>
        <TextField name="reason" label="Reason" optional maxLength={500} hint="Kept in the order's history." />
      </Form>
    </Dialog>
  );
}
