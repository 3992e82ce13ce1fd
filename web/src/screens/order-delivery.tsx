import { useState } from "preact/hooks";
import { get, put } from "../api/client";
import { useMay, useSession } from "../session";
import { AddressLines } from "../ui/address";
import { Button } from "../ui/button";
import { confirmAct, Dialog } from "../ui/dialog";
import { saveEdit, useOpened } from "../ui/edit";
import { Form, TextArea } from "../ui/form";
import { Section } from "../ui/page";
import { notify } from "../ui/toast";
import { daysText, kindWords } from "./delivery-text";
import type { Order } from "./order";
import { useSeenOrder } from "./order-seen";

type Part = { order: Order; onChanged: (order: Order) => void };

/** Whether it goes to its customer without a parcel. */
export const needsNoParcel = ({ delivery }: Order) => delivery !== null && delivery.kind !== "shipping";

/** Text with line breaks, as it was typed. */
const Lines = ({ text }: { text: string }) => <p class="prose wrap-anywhere">{text}</p>;

/** How an order gets to its customer, as it was agreed, and what the shop said of when. */
export function Delivery({ order, onChanged }: Part) {
  const [open, setOpen] = useState(false);
  const mayChange = useMay("staff");
  const { delivery } = order;
  if (!delivery) return null;
  return (
    <Section
      title="Delivery"
      actions={
        mayChange &&
        !["cancelled", "expired"].includes(order.status) && (
          <button type="button" class="link" onClick={() => setOpen(true)}>
            Say when
          </button>
        )
      }
    >
      <div class="pad">
        <p>
          {delivery.name}
          {delivery.days && <span class="muted">{`, ${daysText(delivery.days)}`}</span>}
        </p>
        <p class="muted">{kindWords[delivery.kind]}</p>
        {delivery.note && <Lines text={delivery.note} />}
        {delivery.pickup && (
          <>
            <h3 class="spaced">Picked up at</h3>
            {delivery.pickup.name && <p>{delivery.pickup.name}</p>}
            <AddressLines address={delivery.pickup.address} />
            {delivery.pickup.opening_hours && <Lines text={delivery.pickup.opening_hours} />}
          </>
        )}
        {order.delivery_note && (
          <>
            <h3 class="spaced">Told to the customer</h3>
            <Lines text={order.delivery_note} />
          </>
        )}
      </div>
      {open && <SayWhen order={order} onChanged={onChanged} onClose={() => setOpen(false)} />}
    </Section>
  );
}

const noteField = (order: Order) => (
  <TextArea
    name="delivery_note"
    label={order.delivery?.kind === "pickup" ? "When it can be picked up" : "When it comes"}
    optional
    rows={2}
    maxLength={500}
    value={order.delivery_note}
    hint="The customer reads it."
  />
);

function SayWhen({ order, onChanged, onClose }: Part & { onClose: () => void }) {
  const opened = useOpened(order);
  return (
    <Dialog title="Say when" onClose={onClose}>
      <Form
        submit="Save"
        cancel={onClose}
        onSubmit={async (values) => {
          const saved = await saveEdit<Order, { delivery_note: string }>(
            opened,
            { delivery_note: values.delivery_note!.trim() },
            {
              load: () => get("/admin/orders/{id}", [order.id]),
              save: (edit, version) => put("/admin/orders/{id}", [order.id], { body: edit, version }),
              fields: ({ delivery_note }) => ({ delivery_note }),
              labels: { delivery_note: "When" },
            },
          );
          if (saved) {
            onChanged(saved);
            notify("Saved");
          }
          onClose();
        }}
      >
        {noteField(opened)}
      </Form>
    </Dialog>
  );
}

/** What is done with an order that goes in no parcel: it becomes ready, and is handed over. */
export function HandOver({ order, left, onChanged }: { order: Order; left: boolean; onChanged: () => void }) {
  const [open, setOpen] = useState(false);
  const isPickup = order.delivery?.kind === "pickup";
  const isWaiting = order.shipments.some(({ status }) =>
    ["label_pending", "label_ready", "ready", "in_transit", "out_for_delivery", "exception", "failed"].includes(status),
  );
  const handOver = async () => {
    const sure = await confirmAct({
      title: isPickup ? "Handed over?" : "Delivered?",
      text: <p>All of it that was not handed over yet is with the customer. This cannot be taken back.</p>,
      act: isPickup ? "Handed over" : "Delivered",
    });
    if (!sure) return;
    await put("/orders/{id}/fulfillment", [order.id], { body: { status: "delivered" }, version: order.version });
    notify(isPickup ? "It is handed over" : "It is delivered");
    onChanged();
  };
  if (!left) return null;
  return (
    <>
      <button type="button" class="primary" onClick={() => setOpen(true)}>
        {isPickup ? "Ready for pickup…" : "Ready to bring…"}
      </button>
      {!isWaiting && <Button onPress={handOver}>{isPickup ? "Handed over…" : "Delivered…"}</Button>}
      {open && <Ready order={order} onChanged={onChanged} onClose={() => setOpen(false)} />}
    </>
  );
}

function Ready({ order, onChanged, onClose }: { order: Order; onChanged: () => void; onClose: () => void }) {
  const { seen, act } = useSeenOrder(order);
  const { mails } = useSession().shop;
  const isPickup = order.delivery?.kind === "pickup";
  return (
    <Dialog title={isPickup ? "Ready for pickup" : "Ready to bring"} onClose={onClose}>
      <Form
        submit="Mark ready"
        cancel={onClose}
        onSubmit={async (values) => {
          const note = values.delivery_note!.trim();
          await act(async ({ id, version, delivery_note }) => {
            const noted =
              note === delivery_note
                ? version
                : (await put("/admin/orders/{id}", [id], { body: { delivery_note: note }, version })).version;
            await put("/orders/{id}/fulfillment", [id], { body: { status: "ready" }, version: noted });
          });
          notify(`Order ${order.id} is ready`);
          onChanged();
          onClose();
        }}
      >
        <p>
          {isPickup ? "The customer can come for it" : "You bring it next"}
          {mails && order.customer && `, and ${order.customer.name} is told by e-mail`}.
        </p>
        {noteField(seen)}
      </Form>
    </Dialog>
  );
}
