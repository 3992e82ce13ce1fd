import { useRef, useState } from "preact/hooks";
import { type Answer, type Body, explain, post, put } from "../api/client";
import { useData } from "../api/data";
import { money } from "../text/money";
import { awaitedText } from "../text/stock";
import { capital } from "../text/words";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Checkbox, FieldFault, Form, integerOf, NumberField, SelectField, TextField, type Values } from "../ui/form";
import { Loading } from "../ui/states";
import { Money } from "../ui/text";
import { notify } from "../ui/toast";
import type { Order } from "./order";
import { useSeenOrder } from "./order-seen";

type Item = Order["items"][number];
type Rates = Answer<"/orders/{id}/rates", "post">;
type Rate = Rates["rates"][number];
/** An item, and how many of its units are in stock and in no parcel yet. */
type Unpacked = Item & { left: number };

/** Units of an item that are in stock and in no parcel yet. */
function unsent(order: Order, item: Item): number {
  const packed = order.shipments
    .filter((shipment) => shipment.status !== "voided")
    .flatMap((shipment) => shipment.items)
    .filter((units) => units.item_id === item.id)
    .reduce((sum, units) => sum + units.quantity, 0);
  return Math.max(0, item.quantity - item.quantity_cancelled - item.awaited - packed);
}

/** The items with units that can be packed. */
export const unpacked = (order: Order): Unpacked[] =>
  order.items.map((item) => ({ ...item, left: unsent(order, item) })).filter((item) => item.left > 0);

/** What is still owed of an order that was paid before it was edited, in minor units. */
export const owedOfPaid = (order: Order) =>
  order.payment && order.payment.captured > 0 ? Math.max(0, order.balance) : 0;

const carriers: Record<string, string> = {
  local: "Own label",
  easypost: "EasyPost",
  pickup: "Pickup",
  own_delivery: "Own delivery",
};
export const carrierName = (name: string) => carriers[name] ?? name;

/** Whether it is handed over without a parcel. */
export const hasNoLabel = (carrier: string) => carrier === "pickup" || carrier === "own_delivery";

/** The form's values for the parcel itself. */
function parcelOf(values: Values, items: Unpacked[]): Pick<Body<"/orders/{id}/rates", "post">, "items" | "parcel"> {
  const wanted = items
    .map((item) => ({ item_id: item.id, quantity: integerOf(values, `items-${item.id}`, { most: item.left }) ?? 0 }))
    .filter(({ quantity }) => quantity !== 0);
  if (wanted.length === 0) throw new FieldFault(`items-${items[0]!.id}`, "A parcel holds at least one unit.");
  const parcel = Object.fromEntries(
    (["weight_g", "length_mm", "width_mm", "height_mm"] as const)
      .map((name) => [name, integerOf(values, `parcel/${name}`, { least: 1 })] as const)
      .filter(([, value]) => value !== undefined),
  );
  return { items: wanted, ...(Object.keys(parcel).length > 0 && { parcel }) };
}

/** Packs a parcel and gets its label: the shop's own, or a carrier's, whose price is shown before it is bought. */
export function Fulfil({ order, onChanged, onClose }: { order: Order; onChanged: () => void; onClose: () => void }) {
  const { seen, act } = useSeenOrder(order);
  const items = unpacked(seen);
  const ready = (useData("/carriers").data?.carriers ?? []).filter((carrier) => carrier.ready);
  const [carrier, setCarrier] = useState("local");
  const [rates, setRates] = useState<"none" | "asking" | readonly Rate[]>("none");
  const [gaps, setGaps] = useState<Rates["customs_missing"]>([]);
  const [fault, setFault] = useState("");
  const asked = useRef(0);
  const own = carrier === "local";
  const owed = owedOfPaid(seen);
  // The contents changed, so the prices are outdated.
  const forget = () => {
    asked.current++;
    setRates("none");
    setFault("");
  };
  const ask = async (form: HTMLFormElement) => {
    forget();
    const mine = asked.current;
    setRates("asking");
    try {
      const values = Object.fromEntries(new FormData(form)) as Values;
      const answer = await post("/orders/{id}/rates", [order.id], { body: { carrier, ...parcelOf(values, items) } });
      if (mine !== asked.current) return;
      setRates(answer.rates);
      setGaps(answer.customs_missing);
    } catch (error) {
      if (mine !== asked.current) return;
      setRates("none");
      setFault(explain(error));
    }
  };
  return (
    <Dialog title="Fulfil" onClose={onClose}>
      <Form
        submit={own ? "Make the parcel" : "Buy the label"}
        cancel={onClose}
        disabled={items.length === 0 || (!own && (!Array.isArray(rates) || rates.length === 0))}
        onSubmit={async (values) => {
          if (owed > 0 && values.though_owed !== "on")
            throw new FieldFault("", `${money(owed, seen.currency)} are owed: say that it ships all the same.`);
          const body: Body<"/orders/{id}/fulfillment", "put"> = {
            carrier,
            ...(owed > 0 && { though_owed: true }),
            ...parcelOf(values, items),
            ...(values.service?.trim() && { service: values.service.trim() }),
            ...(values.tracking_number?.trim() && { tracking_number: values.tracking_number.trim() }),
          };
          await act(({ id, version }) => put("/orders/{id}/fulfillment", [id], { body, version }));
          notify(own ? "The parcel is made" : "The label is being bought");
          onChanged();
          onClose();
        }}
      >
        {owed > 0 && (
          <Checkbox name="though_owed" label={`Ship it though ${money(owed, seen.currency)} are still owed`} />
        )}
        <div class="group" onInput={forget}>
          <fieldset>
            <legend>In this parcel</legend>
            {items.map((item) => (
              <NumberField
                key={item.id}
                name={`items-${item.id}`}
                label={item.name}
                unit={`of ${item.left}`}
                value={String(item.left)}
                {...(item.awaited > 0 && { hint: `${capital(awaitedText(item))}.` })}
              />
            ))}
          </fieldset>
          <fieldset>
            <legend>Parcel; without a weight, what its items weigh</legend>
            <div class="fields">
              <NumberField name="parcel/weight_g" label="Weight" unit="g" optional />
              <NumberField name="parcel/length_mm" label="Length" unit="mm" optional />
              <NumberField name="parcel/width_mm" label="Width" unit="mm" optional />
              <NumberField name="parcel/height_mm" label="Height" unit="mm" optional />
            </div>
          </fieldset>
          <SelectField
            name="carrier"
            label="Carrier"
            value={carrier}
            onChange={setCarrier}
            options={
              ready.length > 0
                ? ready.map(({ name }) => [name, carrierName(name)] as const)
                : [["local", carrierName("local")]]
            }
          />
        </div>
        {own ? (
          <div class="fields">
            <TextField name="service" label="Service" optional maxLength={80} />
            <TextField
              name="tracking_number"
              label="Tracking number"
              optional
              maxLength={60}
              hint="Of a label that was bought elsewhere."
            />
          </div>
        ) : (
          <div class="group" aria-live="polite">
            {Array.isArray(rates) ? (
              <>
                <Services rates={rates} />
                <CustomsGaps gaps={gaps} />
              </>
            ) : rates === "asking" ? (
              <Loading rows={3} />
            ) : (
              <p>
                <Button onPress={(event) => ask(event.currentTarget.form!)}>Ask for prices</Button>
              </p>
            )}
            {fault && (
              <p class="form-fault" role="alert">
                {fault}
              </p>
            )}
          </div>
        )}
      </Form>
    </Dialog>
  );
}

const missingWords = { customs_code: "customs code", origin_country: "country of origin", weight_g: "weight" };

/** What the customs declaration lacks, before its label is bought. */
function CustomsGaps({ gaps }: { gaps: Rates["customs_missing"] }) {
  if (gaps.length === 0) return null;
  return (
    <div class="notice warn">
      <p>
        The customs declaration of this parcel is not complete. Edit these products first, or the parcel may be held:
      </p>
      <ul>
        {gaps.map(({ sku, name, missing }) => (
          <li key={sku}>
            {name}: no {missing.map((what) => missingWords[what]).join(", no ")}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Services({ rates }: { rates: readonly Rate[] }) {
  if (rates.length === 0) return <p class="notice warn">The carrier offers nothing for this parcel.</p>;
  return (
    <fieldset class="rates">
      <legend>Service</legend>
      {rates.map((rate, at) => (
        <label class="check" key={rate.service}>
          <input type="radio" name="service" value={rate.service} defaultChecked={at === 0} />
          <span>{rate.service}</span>
          <span class="muted">{rate.days === null ? "" : rate.days === 1 ? "1 day" : `${rate.days} days`}</span>
          <span class="number">
            <Money minor={rate.cost} currency={rate.currency} />
          </span>
        </label>
      ))}
    </fieldset>
  );
}
