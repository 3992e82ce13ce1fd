import { useState } from "preact/hooks";
import { explain, newKey, post, put } from "../api/client";
import { useMay, useSession } from "../session";
import { Button } from "../ui/button";
import { confirmAct } from "../ui/dialog";
import { Section } from "../ui/page";
import { Status } from "../ui/status";
import { Money, When } from "../ui/text";
import { notify } from "../ui/toast";
import type { Order } from "./order";
import { HandOver, needsNoParcel } from "./order-delivery";
import { carrierName, Fulfil, hasNoLabel, unpacked } from "./order-fulfil";
import { mayBegin } from "./order-pack";

type Shipment = Order["shipments"][number];
type Part = { order: Order; onChanged: () => void };

/** An order's parcels, from the label to the door. */
export function Parcels({ order, onChanged }: Part) {
  const mayChange = useMay("staff");
  const [open, setOpen] = useState(false);
  const left = unpacked(order);
  const { packable } = order;
  const may = mayChange && left.length > 0 && packable;
  // Shops may ship before a manual payment: this explains why the order is not packed yet.
  const waits =
    order.status === "pending" &&
    !packable &&
    order.payment?.gateway === "manual" &&
    order.payment.status === "processing";
  if (order.shipments.length === 0 && !may && !waits) return null;
  const isPickup = order.delivery?.kind === "pickup";
  return (
    <Section
      title={isPickup ? "Pickup" : "Parcels"}
      actions={
        may && (
          <>
            {needsNoParcel(order) && <HandOver order={order} left={left.length > 0} onChanged={onChanged} />}
            {!isPickup && (
              <button
                type="button"
                class={mayBegin(order) || needsNoParcel(order) ? "" : "primary"}
                onClick={() => setOpen(true)}
              >
                Fulfil…
              </button>
            )}
          </>
        )
      }
    >
      {order.shipments.length === 0 ? (
        <p class="pad muted">
          {waits ? "Packed once it is paid: that is how the shop is set up, under Ways to pay." : "None yet."}
        </p>
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
  const { mails } = useSession().shop;
  const [busy, setBusy] = useState(false);
  const { status } = shipment;
  const noLabel = hasNoLabel(shipment.carrier);
  const isFetched = shipment.carrier === "pickup";
  const doneWord = isFetched ? "Handed over" : "Delivered";
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
  const move = async (to: "shipped" | "delivered") => {
    const told = mails && order.customer && !isFetched ? `${order.customer.name} is told by e-mail` : "";
    const sure = await confirmAct({
      title: noLabel ? `${doneWord}?` : `Mark this parcel ${to}?`,
      text: (
        <p>
          {to === "shipped" ? "It has left the house" : noLabel ? "The customer has it" : "It has arrived"}
          {told && `, and ${told}`}. This cannot be taken back.
        </p>
      ),
      act: noLabel ? doneWord : `Mark ${to}`,
    });
    if (!sure) return;
    const what = noLabel ? "It" : "The parcel";
    await act(`${what} is ${to === "shipped" ? "on its way" : doneWord.toLowerCase()}${told && `; ${told}`}`, () =>
      put("/orders/{id}/fulfillment", [order.id], {
        body: { status: to, shipment_id: shipment.id },
        version: order.version,
      }),
    );
  };
  const giveUp = async () => {
    const sure = await confirmAct({
      title: noLabel ? "Not ready after all?" : "Void this label?",
      text: (
        <p>
          {noLabel
            ? "It can be packed again. A mail that said that it was ready is not taken back."
            : "The contents can be packed again. Do not use a label that was already stuck on a parcel."}
        </p>
      ),
      act: noLabel ? "Not ready" : "Void the label",
      danger: true,
    });
    if (sure) {
      await act(noLabel ? "It is not ready" : "Label voided", () =>
        post("/shipments/{id}/void", [shipment.id], { version: shipment.version, idempotencyKey: newKey() }),
      );
    }
  };
  const names = shipment.items.map(({ item_id, quantity }) => {
    const item = order.items.find(({ id }) => id === item_id);
    return `${quantity} × ${item?.name ?? item_id}`;
  });
  // A label shows the recipient, so it cannot be printed once that was erased.
  const printable = order.customer && !noLabel && !["label_pending", "failed", "voided", "returned"].includes(status);
  const inHouse = ["label_pending", "label_ready", "ready", "failed"].includes(status);
  return (
    <li class={status === "voided" ? "dim" : ""} aria-label={`Parcel ${shipment.id}`}>
      <p class="parcel-head">
        <Status kind="shipment" value={status} />
        <span class="wrap-anywhere">
          {carrierName(shipment.carrier)}
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
      <p class="muted wrap-anywhere">
        {names.join(", ")}
        {shipment.cost !== null && (
          <>
            {" · label "}
            <Money minor={shipment.cost} {...(shipment.cost_currency && { currency: shipment.cost_currency })} />
          </>
        )}
      </p>
      {status === "failed" && shipment.failure && <p class="notice bad wrap-anywhere staff-only">{shipment.failure}</p>}
      {mayChange && (
        <p class="acts">
          {printable && status !== "delivered" && (
            <a class="button" href={`/shipments/${shipment.id}/label.pdf`} target="_blank" rel="noreferrer">
              Print label
            </a>
          )}
          {order.customer && !["voided", "returned"].includes(status) && (
            <a class="button" href={`/shipments/${shipment.id}/packing-slip`} target="_blank" rel="noreferrer">
              Packing slip
            </a>
          )}
          {printable && status === "label_ready" && shipment.carrier === "local" && (
            <a class="button" href={`/shipments/${shipment.id}/label.zpl`} download={`label-${shipment.id}.zpl`}>
              For a Zebra printer
            </a>
          )}
          {status === "label_ready" && (
            <Button disabled={busy} onPress={() => move("shipped")}>
              Mark shipped…
            </Button>
          )}
          {["in_transit", "out_for_delivery", "exception", "ready"].includes(status) && (
            <Button disabled={busy} class={status === "ready" ? "primary" : ""} onPress={() => move("delivered")}>
              {noLabel ? `${doneWord}…` : "Mark delivered…"}
            </Button>
          )}
          {status === "failed" && (
            <Button
              disabled={busy}
              onPress={() =>
                act("Asked once more", () =>
                  post("/shipments/{id}/retry", [shipment.id], { version: shipment.version, idempotencyKey: newKey() }),
                )
              }
            >
              Try again
            </Button>
          )}
          {inHouse && (
            <Button disabled={busy} onPress={giveUp}>
              {noLabel ? "Not ready…" : "Void label…"}
            </Button>
          )}
        </p>
      )}
    </li>
  );
}
