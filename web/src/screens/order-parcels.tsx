import { useState } from "preact/hooks";
import { explain, newKey, post, put } from "../api/client";
import { href } from "../router";
import { useMay, useSession } from "../session";
import { money } from "../text/money";
import { Button } from "../ui/button";
import { confirmAct } from "../ui/dialog";
import { Section } from "../ui/page";
import { Status } from "../ui/status";
import { Money, When } from "../ui/text";
import { notify } from "../ui/toast";
import type { Order } from "./order";
import { HandOver, needsNoParcel } from "./order-delivery";
import { carrierName, Fulfil, hasNoLabel, owedOfPaid, unpacked } from "./order-fulfil";
import { mayBegin } from "./order-pack";
import { takeBack } from "./orders-bulk";

type Shipment = Order["shipments"][number];
type Part = { order: Order; onChanged: () => void };

const isOpen = ({ status }: Order) => ["pending", "paid", "processing", "partially_shipped"].includes(status);

/** An order's parcels, from the label to the door. */
export function Parcels({ order, onChanged }: Part) {
  const mayChange = useMay("staff");
  const [open, setOpen] = useState(false);
  const left = unpacked(order);
  const { packable } = order;
  // What is still owed of an edited order ships if staff say so.
  const may = mayChange && left.length > 0 && (packable || (isOpen(order) && owedOfPaid(order) > 0));
  // Shops may ship before a manual payment: this explains why the order is not packed yet.
  const waits =
    order.status === "pending" &&
    !packable &&
    order.payment?.gateway === "manual" &&
    order.payment.status === "processing";
  const awaits = !packable && isOpen(order) && order.items.some((item) => item.awaited > 0);
  if (order.shipments.length === 0 && !may && !waits && !awaits) return null;
  const isPickup = order.delivery?.kind === "pickup";
  return (
    <Section
      title={isPickup ? "Pickup" : "Parcels"}
      actions={
        may && (
          <>
            {packable && needsNoParcel(order) && (
              <HandOver order={order} left={left.length > 0} onChanged={onChanged} />
            )}
            {packable && (
              <a class="button" href={href(`/pack/${order.id}`)}>
                Pack
              </a>
            )}
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
          {waits
            ? "Packed once it is paid: that is how the shop is set up, under Ways to pay."
            : awaits
              ? "Packed once something of it is in stock. What comes goes to the oldest order first."
              : "None yet."}
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

/** The order was changed after the label was made: staff decide what becomes of the label. */
function Outdated({
  shipment,
  onAct,
  busy,
  mayChange,
}: {
  shipment: Shipment;
  onAct: (said: string, run: () => Promise<unknown>) => Promise<void>;
  busy: boolean;
  mayChange: boolean;
}) {
  const own = shipment.carrier === "local";
  return (
    <div class="notice warn" role="status">
      <p>
        The order was changed after this label was made. The parcel is not shipped before you decide.{" "}
        {own
          ? "Print the label anew and keep it, if the parcel has the old one on it."
          : "Its label still shows what was before."}
      </p>
      {mayChange && (
        <p class="acts">
          <Button
            disabled={busy}
            onPress={() =>
              onAct("The label is replaced", () =>
                post("/shipments/{id}/replace-label", [shipment.id], {
                  version: shipment.version,
                  idempotencyKey: newKey(),
                }),
              )
            }
          >
            Void it, and make a new one
          </Button>
          <Button
            disabled={busy}
            onPress={() =>
              onAct("The label is kept", () =>
                post("/shipments/{id}/keep-label", [shipment.id], {
                  version: shipment.version,
                  idempotencyKey: newKey(),
                }),
              )
            }
          >
            Keep it
          </Button>
        </p>
      )}
    </div>
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
  const owed = owedOfPaid(order);
  const move = async (to: "shipped" | "delivered") => {
    const told = mails && order.customer && !isFetched ? `${order.customer.name} is told by e-mail` : "";
    const sure = await confirmAct({
      title: noLabel ? `${doneWord}?` : `Mark this parcel ${to}?`,
      text: (
        <p>
          {owed > 0 && `${money(owed, order.currency)} are still owed. `}
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
        body: { status: to, shipment_id: shipment.id, ...(owed > 0 && to === "shipped" && { though_owed: true }) },
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
      {shipment.outdated_at && (
        <Outdated shipment={shipment} onAct={(said, run) => act(said, run)} busy={busy} mayChange={mayChange} />
      )}
      {shipment.leaves_at && (
        <p class="notice">
          Marked shipped: it leaves <When at={shipment.leaves_at} />.
        </p>
      )}
      {status === "failed" && shipment.failure && <p class="notice bad wrap-anywhere staff-only">{shipment.failure}</p>}
      {mayChange && (
        <p class="acts">
          {printable && status !== "delivered" && (!shipment.outdated_at || shipment.carrier === "local") && (
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
          {status === "label_ready" && !shipment.leaves_at && !shipment.outdated_at && (
            <Button disabled={busy} onPress={() => move("shipped")}>
              Mark shipped…
            </Button>
          )}
          {shipment.leaves_at && (
            <Button
              disabled={busy}
              onPress={async () => {
                await takeBack([order.id]);
                onChanged();
              }}
            >
              Not shipped after all
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
