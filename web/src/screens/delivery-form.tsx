import { useState } from "preact/hooks";
import { useSession } from "../session";
import { languages } from "../text/languages";
import { AddressFields, addressOf } from "../ui/address";
import { Checkbox, Form, SelectField, TextArea, TextField } from "../ui/form";
import { useRows } from "../ui/rows";
import { kindWords, type Method, type NewMethod, type Zone } from "./delivery-text";
import { type Held, ZoneFields, zoneOf } from "./delivery-zones";

const classes = [
  ["", "As the goods"],
  ["standard", "Standard"],
  ["reduced", "Reduced"],
  ["second_reduced", "Second reduced"],
  ["super_reduced", "Super-reduced"],
  ["zero", "Zero"],
] as const;

/** The fields of a new or existing delivery method. */
export function MethodForm({
  method,
  submit,
  onSubmit,
}: {
  method?: Method;
  submit: string;
  onSubmit: (wanted: Required<NewMethod>) => Promise<void>;
}) {
  const { currency } = useSession().shop;
  const [kind, setKind] = useState<Method["kind"]>(method?.kind ?? "shipping");
  const { rows, add, drop } = useRows<Zone | undefined>(
    method?.zones ?? [{ places: [], bands: [{ from: 0, price: 0 }] }],
  );
  // What is not a field: each editor writes its own here, by its row's key.
  const [held] = useState(() => new Map<number, Held>());
  const isPickup = kind === "pickup";
  const [priced, setPriced] = useState((method?.kind === "pickup" && method.zones.length > 0) || false);
  const shown = isPickup ? (priced ? rows.slice(0, 1) : []) : rows;
  return (
    <Form
      submit={submit}
      cancel={() => history.back()}
      onSubmit={async (values) => {
        const zones = shown.map(({ key }, at) => zoneOf(values, `zones/${at}`, held.get(key)!, currency));
        const names = { ...method?.names };
        // A name in a language that customers are not written to in stays as it is.
        for (const [code] of languages()) {
          names[code] = values[`names/${code}`]!.trim();
          if (!names[code]) delete names[code];
        }
        await onSubmit({
          name: values.name!.trim(),
          names,
          kind,
          days: values.days!.trim(),
          tax_class: (values.tax_class || null) as Method["tax_class"],
          active: values.active === "on",
          zones: isPickup ? zones.map((zone) => ({ ...zone, places: [] })) : zones,
          pickup: isPickup
            ? {
                name: values["pickup/name"]!.trim(),
                address: addressOf(values, "pickup/address"),
                opening_hours: values["pickup/opening_hours"]!.trim(),
              }
            : null,
          note: values.note!.trim(),
        });
      }}
    >
      <SelectField
        name="kind"
        label="Kind"
        value={kind}
        onChange={(value) => setKind(value as Method["kind"])}
        options={[
          ["shipping", `${kindWords.shipping}: in parcels, by a carrier`],
          ["pickup", `${kindWords.pickup}: customers come`],
          ["own_delivery", `${kindWords.own_delivery}: we bring it`],
        ]}
      />
      <TextField
        name="name"
        label="Name"
        required
        value={method?.name ?? ""}
        maxLength={100}
        hint="As customers read it."
      />
      <div class="fields">
        {languages().map(([code, language]) => (
          <TextField
            key={code}
            name={`names/${code}`}
            label={`Name in ${language}`}
            optional
            value={method?.names[code] ?? ""}
            maxLength={100}
          />
        ))}
      </div>
      <div class="fields">
        <TextField
          name="days"
          label="How many days it takes"
          optional
          value={method?.days ?? ""}
          maxLength={40}
          hint="Such as 2–3."
        />
        <SelectField name="tax_class" label="Tax" value={method?.tax_class ?? ""} options={classes} />
      </div>
      <TextArea
        name="note"
        label="What customers should know"
        optional
        rows={2}
        maxLength={500}
        value={method?.note ?? ""}
        hint={kind === "own_delivery" ? "Such as the days on which you bring orders." : undefined}
      />
      <Checkbox name="active" label="Offered to customers" checked={method?.active ?? true} />
      {isPickup && (
        <fieldset>
          <legend>Where orders are picked up</legend>
          <TextField
            name="pickup/name"
            label="Name"
            optional
            value={method?.pickup?.name ?? ""}
            maxLength={100}
            hint="Empty: the shop's."
          />
          <AddressFields at="pickup/address" value={method?.pickup?.address} required />
          <TextArea
            name="pickup/opening_hours"
            label="Opening hours"
            optional
            rows={3}
            maxLength={500}
            value={method?.pickup?.opening_hours ?? ""}
          />
          <Checkbox name="priced" label="It has a price" checked={priced} onChange={setPriced} />
        </fieldset>
      )}
      {shown.map(({ key, row }, at) => (
        <ZoneFields
          key={key}
          at={at}
          zone={row}
          isPickup={isPickup}
          keep={(its) => held.set(key, its)}
          drop={!isPickup && shown.length > 1 ? () => drop(key) : undefined}
        />
      ))}
      {!isPickup && (
        <p>
          <button type="button" onClick={() => add(undefined)}>
            Add a zone
          </button>
        </p>
      )}
    </Form>
  );
}
