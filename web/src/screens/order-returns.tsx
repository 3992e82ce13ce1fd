import { useState } from "preact/hooks";
import { newKey, post } from "../api/client";
import { useData } from "../api/data";
import { useMay } from "../session";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import {
  Checkbox,
  FieldFault,
  Form,
  integerOf,
  MoneyField,
  moneyOf,
  NumberField,
  TextField,
  type Values,
} from "../ui/form";
import { Section } from "../ui/page";
import { Money, When } from "../ui/text";
import { notify } from "../ui/toast";
import type { Order } from "./order";
import { useSeenOrder } from "./order-seen";
import { kindText, settle } from "./return-requests";

type Part = { order: Order; onChanged: () => void };

/** Units that are with the customer. */
const out = (order: Order) =>
  order.items
    .map((item) => ({ ...item, out: item.quantity_shipped - item.quantity_returned }))
    .filter((item) => item.out > 0);

/** What the customer asked for, until staff have dealt with it. */
function Asked({ order }: { order: Order }) {
  const mayChange = useMay("staff");
  const asked = useData("/orders/{id}/return-requests", [order.id], { live: ["return_request."] });
  const open = asked.data?.requests.filter(({ settled_at }) => settled_at === null) ?? [];
  return (
    <>
      {open.map((request) => (
        <div key={request.id} class="notice warn" role="status">
          <p class="wrap-anywhere">
            <strong>{kindText(request.kind)}</strong> received <When at={request.received_at} />
            {request.text && <>: {request.text}</>}
          </p>
          {mayChange && <Button onPress={() => settle(request)}>Dealt with</Button>}
        </div>
      ))}
    </>
  );
}

/** The returns of an order, and what its customer asked for. */
export function Returns(part: Part) {
  return (
    <>
      <Asked order={part.order} />
      <CameBack {...part} />
    </>
  );
}

/** Hidden until something was shipped. */
function CameBack({ order, onChanged }: Part) {
  const mayChange = useMay("staff");
  const [open, setOpen] = useState(false);
  const shipped = order.items.some((item) => item.quantity_shipped > 0);
  const returns = useData(shipped ? "/orders/{id}/returns" : undefined, [order.id], { live: ["order.", "refund."] });
  const list = returns.data?.returns ?? [];
  const may =
    mayChange && out(order).length > 0 && ["partially_shipped", "shipped", "delivered"].includes(order.status);
  if (!may && list.length === 0) return null;
  return (
    <Section
      title="Returns"
      actions={
        may && (
          <button type="button" onClick={() => setOpen(true)}>
            Take back…
          </button>
        )
      }
    >
      {list.length === 0 ? (
        <p class="pad muted">Nothing came back.</p>
      ) : (
        <ul class="parcels">
          {list.map((each) => (
            <li key={each.id}>
              <p class="parcel-head">
                <span class="wrap-anywhere">
                  {each.items
                    .map(
                      ({ item_id, quantity }) =>
                        `${quantity} × ${order.items.find(({ id }) => id === item_id)?.name ?? item_id}`,
                    )
                    .join(", ")}
                </span>
                <span class="muted">
                  <When at={each.at} />
                </span>
              </p>
              <p class="muted wrap-anywhere">
                {each.restocked ? "On sale again" : "Written off"}
                {each.refund > 0 && (
                  <>
                    , <Money minor={each.refund} currency={order.currency} />{" "}
                    {order.payment?.gateway === "manual" ? "to go back" : "refunded"}
                  </>
                )}
                {each.reason && <span class="staff-only">: {each.reason}</span>}
              </p>
            </li>
          ))}
        </ul>
      )}
      {open && <TakeBack order={order} onChanged={onChanged} onClose={() => setOpen(false)} />}
    </Section>
  );
}

const refundable = (order: Order) => (order.payment ? order.payment.captured - order.payment.refunded : 0);

/** A refund's amount; if empty, the server computes it from the units' prices and tax. */
function RefundField({ order, what }: { order: Order; what: string }) {
  const left = refundable(order);
  if (left === 0) return <p class="muted">There is no money left to refund.</p>;
  return (
    <MoneyField
      name="refund"
      label="Refund"
      optional
      hint={
        <>
          Empty: what {what} cost, as far as it is not back already. 0: nothing. Up to{" "}
          <Money minor={left} currency={order.currency} />.
        </>
      }
    />
  );
}

function refundOf(values: Values, order: Order): { refund?: number } {
  if (!values.refund?.trim()) return {};
  return { refund: moneyOf(values, "refund", order.currency, { most: refundable(order) }) };
}

function TakeBack({ order, onChanged, onClose }: Part & { onClose: () => void }) {
  const [key] = useState(newKey);
  const { seen, act } = useSeenOrder(order);
  const items = out(seen);
  return (
    <Dialog title="Take back" onClose={onClose}>
      <Form
        submit="Take back"
        cancel={onClose}
        disabled={items.length === 0}
        onSubmit={async (values) => {
          const back = items
            .map((item) => ({
              item_id: item.id,
              quantity: integerOf(values, `items-${item.id}`, { most: item.out }) ?? 0,
            }))
            .filter(({ quantity }) => quantity !== 0);
          if (back.length === 0) throw new FieldFault(`items-${items[0]!.id}`, "At least one unit came back.");
          const body = {
            items: back,
            reason: values.reason!.trim(),
            restock: values.restock === "on",
            ...refundOf(values, seen),
          };
          await act(({ id, version }) => post("/orders/{id}/returns", [id], { body, version, idempotencyKey: key }));
          notify("Taken back");
          onChanged();
          onClose();
        }}
      >
        <fieldset>
          <legend>What came back</legend>
          {items.map((item) => (
            <NumberField
              key={item.id}
              name={`items-${item.id}`}
              label={item.name}
              unit={`of ${item.out}`}
              value={items.length === 1 ? String(item.out) : "0"}
            />
          ))}
        </fieldset>
        <Checkbox name="restock" label="It is as new: put it on sale again" checked />
        <RefundField order={seen} what="it" />
        <TextField name="reason" label="Reason" optional maxLength={500} hint="Kept in the order's history." />
      </Form>
    </Dialog>
  );
}

/** For a partly shipped order: cancels the unshipped units, and refunds them. */
export function CancelRest({ order, onClose, onDone }: { order: Order; onClose: () => void; onDone: () => void }) {
  const [key] = useState(newKey);
  const { seen, act } = useSeenOrder(order);
  const rest = seen.items
    .map((item) => ({ ...item, left: item.quantity - item.quantity_shipped - item.quantity_cancelled }))
    .filter((item) => item.left > 0);
  return (
    <Dialog title="Cancel what is not shipped?" onClose={onClose}>
      <Form
        submit="Cancel the rest"
        danger
        disabled={rest.length === 0}
        onSubmit={async (values) => {
          const body = { reason: values.reason!.trim(), ...refundOf(values, seen) };
          await act(({ id, version }) =>
            post("/orders/{id}/cancel-unshipped", [id], { body, version, idempotencyKey: key }),
          );
          notify("What was not shipped is cancelled");
          onDone();
          onClose();
        }}
      >
        <ul class="plain">
          {rest.map((item) => (
            <li key={item.id}>
              {item.left} × {item.name}
            </li>
          ))}
        </ul>
        <p>
          Labels of parcels that are still in the house are voided, and the stock goes back on sale at once. This cannot
          be undone.
        </p>
        <RefundField order={seen} what="the rest" />
        <TextField name="reason" label="Reason" optional maxLength={500} hint="Kept in the order's history." />
      </Form>
    </Dialog>
  );
}
