import { useState } from "preact/hooks";
import { explain, newKey, post, put, type Body } from "../api/client";
import { useMay } from "../session";
import { confirmAct, Dialog } from "../ui/dialog";
import { FieldFault, Form, NumberField, SelectField, TextField, integerOf } from "../ui/form";
import { Section } from "../ui/page";
import { Status } from "../ui/status";
import { When } from "../ui/text";
import { notify } from "../ui/toast";
import type { Order } from "./order";

type Shipment = Order["shipments"][number];
type Item = Order["items"][number];
type Part = { order: Order; onChanged: () => void };

/** Units of an item that are in no parcel yet. */
function unsent(order: Order, item: Item): number {
  const packed = order.shipments
    .filter((shipment) => shipment.status !== "voided")
    .flatMap((shipment) => shipment.items)
    .filter((units) => units.item_id === item.id)
    .reduce((sum, units) => sum + units.quantity, 0);
  return Math.max(0, item.quantity - item.quantity_cancelled - packed);
}

/** An order's parcels, from the label to the door. */
export function Parcels({ order, onChanged }: Part) {
  const mayChange = useMay("staff");
  const [open, setOpen] = useState(false);
  const left = order.items.some((item) => unsent(order, item) > 0);
  const may = mayChange && left && ["paid", "processing", "partially_shipped"].includes(order.status);
  if (order.shipments.length === 0 && !may) return null;
  return (
    <Section
      title="Parcels"
      actions={
        may && (
          <button type="button" class={order.status === "paid" ? "" : "primary"} onClick={() => setOpen(true)}>
            Fulfil…
          </button>
        )
      }
    >
      {order.shipments.length === 0 ? (
        <p class="pad muted">None yet.</p>
      ) : (
        <ul class="parcels">
          {order.shipments.map((shipment) => (
            <Parcel key={shipment.id} order={order} shipment={shipment} onChanged={onChanged} />
          ))}
        </ul>
      )}
      {open && <Fulfil order={order} onChanged={onChanged} onClose={() => setOpen(false)} />}
    </Section>
  );
}

function Parcel({ order, shipment, onChanged }: Part & { shipment: Shipment }) {
  const mayChange = useMay("staff");
  const [busy, setBusy] = useState(false);
  const { status } = shipment;
  const act = async (said: string, run: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await run();
      notify(said);
    } catch (error) {
      notify(explain(error), { kind: "bad" });
    }
    setBusy(false);
    onChanged();
  };
  const move = (to: "shipped" | "delivered") =>
    put("/orders/{id}/fulfillment", [order.id], { body: { status: to, shipment_id: shipment.id }, version: order.version });
  const giveUp = async () => {
    const sure = await confirmAct({
      title: "Void this label?",
      text: <p>What is in the parcel can be packed anew. A label that was stuck on a parcel must not be used any more.</p>,
      act: "Void the label",
      danger: true,
    });
    if (sure) {
      await act("Label voided", () => post("/shipments/{id}/void", [shipment.id], { version: shipment.version, idempotencyKey: newKey() }));
    }
  };
  const names = shipment.items.map(({ item_id, quantity }) => {
    const item = order.items.find(({ id }) => id === item_id);
    return `${quantity} × ${item?.name ?? item_id}`;
  });
  const inHouse = ["label_pending", "label_ready", "failed"].includes(status);
  return (
    <li class={status === "voided" ? "dim" : ""} aria-label={`Parcel ${shipment.id}`}>
      <p class="parcel-head">
        <Status kind="shipment" value={status} />
        <span class="wrap-anywhere">
          {shipment.carrier === "local" ? "Own delivery" : shipment.carrier}
          {shipment.service && ` · ${shipment.service}`}
          {shipment.tracking_number && (
            <>
              {" · "}
              {shipment.tracking_url ? (
                <a href={shipment.tracking_url} target="_blank" rel="noreferrer">
                  {shipment.tracking_number}
                </a>
              ) : (
                shipment.tracking_number
              )}
            </>
          )}
        </span>
        <span class="muted">
          <When at={shipment.created_at} />
        </span>
      </p>
      <p class="muted wrap-anywhere">{names.join(", ")}</p>
      {mayChange && (
        <p class="acts">
          {status === "label_ready" && (
            <button type="button" disabled={busy} onClick={() => void act("On its way", () => move("shipped"))}>
              Mark shipped
            </button>
          )}
          {["in_transit", "out_for_delivery", "exception"].includes(status) && (
            <button type="button" disabled={busy} onClick={() => void act("Delivered", () => move("delivered"))}>
              Mark delivered
            </button>
          )}
          {status === "failed" && (
            <button
              type="button"
              disabled={busy}
              onClick={() =>
                void act("Asked once more", () =>
                  post("/shipments/{id}/retry", [shipment.id], { version: shipment.version, idempotencyKey: newKey() }),
                )
              }
            >
              Try again
            </button>
          )}
          {inHouse && (
            <button type="button" disabled={busy} onClick={() => void giveUp()}>
              Void label…
            </button>
          )}
        </p>
      )}
    </li>
  );
}

function Fulfil({ order, onChanged, onClose }: Part & { onClose: () => void }) {
  const items = order.items.map((item) => ({ ...item, left: unsent(order, item) })).filter((item) => item.left > 0);
  return (
    <Dialog title="Fulfil" onClose={onClose}>
      <Form
        submit="Make the parcel"
        cancel={onClose}
        onSubmit={async (values) => {
          const wanted = items
            .map((item) => ({ item_id: item.id, quantity: integerOf(values, `items-${item.id}`) ?? 0 }))
            .filter(({ quantity }) => quantity > 0);
          if (wanted.length === 0) throw new FieldFault(`items-${items[0]!.id}`, "A parcel holds at least one unit.");
          const parcel = Object.fromEntries(
            (["weight_g", "length_mm", "width_mm", "height_mm"] as const)
              .map((name) => [name, integerOf(values, `parcel/${name}`)] as const)
              .filter(([, value]) => value !== undefined),
          );
          const body: Body<"/orders/{id}/fulfillment", "put"> = {
            carrier: values.carrier!,
            items: wanted,
            ...(values.service?.trim() && { service: values.service.trim() }),
            ...(values.tracking_number?.trim() && { tracking_number: values.tracking_number.trim() }),
            ...(Object.keys(parcel).length > 0 && { parcel }),
          };
          await put("/orders/{id}/fulfillment", [order.id], { body, version: order.version });
          notify("The parcel is made");
          onChanged();
          onClose();
        }}
      >
        <fieldset>
          <legend>In this parcel</legend>
          {items.map((item) => (
            <NumberField
              key={item.id}
              name={`items-${item.id}`}
              label={item.name}
              unit={`of ${item.left}`}
              min={0}
              max={item.left}
              value={String(item.left)}
            />
          ))}
        </fieldset>
        <div class="fields">
          <SelectField name="carrier" label="Carrier" options={[["local", "Own delivery"]]} />
          <TextField name="service" label="Service" optional maxLength={80} />
        </div>
        <TextField name="tracking_number" label="Tracking number" optional maxLength={60} hint="Of a label that was bought elsewhere." />
        <fieldset>
          <legend>Parcel; without a weight, what its items weigh</legend>
          <div class="fields">
            <NumberField name="parcel/weight_g" label="Weight" unit="g" min={1} optional />
            <NumberField name="parcel/length_mm" label="Length" unit="mm" min={1} optional />
            <NumberField name="parcel/width_mm" label="Width" unit="mm" min={1} optional />
            <NumberField name="parcel/height_mm" label="Height" unit="mm" min={1} optional />
          </div>
        </fieldset>
      </Form>
    </Dialog>
  );
}
