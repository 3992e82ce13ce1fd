import { useState } from "preact/hooks";
import { useSession } from "../session";
import { countries, countryName } from "../text/countries";
import { moneyInput } from "../text/money";
import { AddressFields, addressOf } from "../ui/address";
import {
  Checkbox,
  FieldFault,
  Form,
  integerOf,
  MoneyField,
  moneyOf,
  NumberField,
  SelectField,
  TextArea,
  TextField,
  type Values,
} from "../ui/form";
import { useRows } from "../ui/rows";
import { kindWords, type Method, type NewMethod, type Zone } from "./delivery-text";

type Place = NonNullable<Zone["places"]>[number];
type Band = Zone["bands"][number];
/** How a zone is priced; "never": the method does not go there. */
type Pricing = "one" | "value" | "weight" | "never";

/** The languages that customers are written to in. A name in another one stays as it is. */
const languages = [
  ["en", "English"],
  ["de", "German"],
] as const;

const classes = [
  ["", "As the goods"],
  ["standard", "Standard"],
  ["reduced", "Reduced"],
  ["second_reduced", "Second reduced"],
  ["super_reduced", "Super-reduced"],
  ["zero", "Zero"],
] as const;

const union = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" ");

const pricingOf = (zone?: Zone): Pricing => {
  if (!zone) return "one";
  if (zone.bands.length === 0) return "never";
  if (zone.by === "weight") return "weight";
  return zone.bands.length === 1 && (zone.bands[0]!.to ?? null) === null ? "one" : "value";
};

const isWhole = ({ region, postal_codes = [] }: Place) => !region && postal_codes.length === 0;

/** What the zones' editors hold beside their fields. */
interface Held {
  zone: Zone | undefined;
  countries: string[];
  parts: number;
  bands: number;
  pricing: Pricing;
}

/** "10115, 102" as a list. */
const codesOf = (text: string) =>
  text
    .split(/[,;\n]+/)
    .map((code) => code.trim())
    .filter(Boolean);

/** The bands of a zone: each begins where the one before ends, so that none can be forgotten. */
function bandsOf(values: Values, at: string, held: Held, currency: string): Band[] {
  if (held.pricing === "never") return [];
  const price = (name: string) => moneyOf(values, name, currency);
  if (held.pricing === "one") return [{ from: 0, to: null, price: price(`${at}/bands/0/price`) }];
  const bands: Band[] = [];
  for (let index = 0; index < held.bands; index++) {
    const name = `${at}/bands/${index}`;
    const isEmpty = !values[`${name}/to`]?.trim();
    if (isEmpty && index + 1 < held.bands) throw new FieldFault(`${name}/to`, "Only the last one has no end.");
    const to = isEmpty
      ? null
      : held.pricing === "weight"
        ? integerOf(values, `${name}/to`)!
        : moneyOf(values, `${name}/to`, currency);
    const before = bands.at(-1);
    bands.push({ from: before ? before.to! + 1 : 0, to, price: price(`${name}/price`) });
  }
  return bands;
}

function zoneOf(values: Values, at: string, held: Held, currency: string): Zone {
  const parts = Array.from({ length: held.parts }, (_, part) => {
    const name = `${at}/places/${held.countries.length + part}`;
    return {
      country: values[`${name}/country`]!,
      region: values[`${name}/region`]!.trim(),
      postal_codes: codesOf(values[`${name}/postal_codes`]!),
    };
  });
  const free = `${at}/free_from`;
  return {
    places: [...held.countries.map((country) => ({ country, region: "", postal_codes: [] })), ...parts],
    by: held.pricing === "weight" ? "weight" : "value",
    bands: bandsOf(values, at, held, currency),
    free_from: values[free]?.trim() ? moneyOf(values, free, currency) : null,
  };
}

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
        for (const [code] of languages) {
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
        {languages.map(([code, language]) => (
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

/** One zone: where, and what it costs there. */
function ZoneFields({
  at,
  zone,
  isPickup,
  keep,
  drop,
}: {
  at: number;
  zone: Zone | undefined;
  isPickup: boolean;
  keep: (held: Held) => void;
  drop: (() => void) | undefined;
}) {
  const { currency } = useSession().shop;
  const places = zone?.places ?? [];
  const [whole, setWhole] = useState(() => places.filter(isWhole).map(({ country }) => country));
  const parts = useRows<Place | undefined>(places.filter((place) => !isWhole(place)));
  const [pricing, setPricing] = useState(() => pricingOf(zone));
  const bands = useRows<Band | undefined>(zone && zone.bands.length > 0 ? zone.bands : [{ from: 0, price: 0 }]);
  keep({ zone, countries: whole, parts: parts.rows.length, bands: bands.rows.length, pricing });
  const name = `zones/${at}`;
  const rows = pricing === "never" ? [] : pricing === "one" ? bands.rows.slice(0, 1) : bands.rows;
  const addPlaces = (value: string) =>
    setWhole([...new Set([...whole, ...(value === "EU" ? union : value ? [value] : [])])]);
  return (
    <fieldset class="zone">
      <legend>{isPickup ? "What it costs" : `Zone ${at + 1}`}</legend>
      {!isPickup && (
        <>
          <Countries
            name={`${name}/places`}
            chosen={whole}
            add={addPlaces}
            drop={(code) => setWhole(whole.filter((each) => each !== code))}
          />
          {parts.rows.map(({ key, row }, part) => (
            <PartFields
              key={key}
              name={`${name}/places/${whole.length + part}`}
              place={row}
              drop={() => parts.drop(key)}
              label={`part ${part + 1} of zone ${at + 1}`}
            />
          ))}
          <p>
            <button type="button" class="link" onClick={() => parts.add(undefined)}>
              Add a region or postcodes
            </button>
          </p>
        </>
      )}
      <div class="fields">
        <SelectField
          name={`${name}/by`}
          label="Price"
          value={pricing}
          onChange={(value) => setPricing(value as Pricing)}
          options={[
            ["one", "One for all"],
            ["value", "By what the goods cost"],
            ["weight", "By weight"],
            ...(isPickup ? [] : ([["never", "None: not delivered there"]] as const)),
          ]}
        />
        {pricing !== "never" && (
          <MoneyField
            name={`${name}/free_from`}
            label="Free from"
            optional
            value={
              zone?.free_from === null || zone?.free_from === undefined ? "" : moneyInput(zone.free_from, currency)
            }
          />
        )}
      </div>
      {pricing === "weight" && <p class="muted">Orders with a product whose weight is not known cannot go this way.</p>}
      {rows.map(({ key, row }, band) => (
        <BandFields
          key={key}
          name={`${name}/bands/${band}`}
          label={`price ${band + 1} of zone ${at + 1}`}
          band={row}
          pricing={pricing}
          isLast={band + 1 === rows.length}
          drop={rows.length > 1 ? () => bands.drop(key) : undefined}
        />
      ))}
      {(pricing === "value" || pricing === "weight") && (
        <p>
          <button type="button" class="link" onClick={() => bands.add(undefined)}>
            Add a price
          </button>
        </p>
      )}
      {drop && (
        <p>
          <button type="button" class="link danger" onClick={drop}>
            Take out zone {at + 1}
          </button>
        </p>
      )}
    </fieldset>
  );
}

/** The countries of a zone: chosen one after the other. */
function Countries({
  name,
  chosen,
  add,
  drop,
}: {
  name: string;
  chosen: string[];
  add: (value: string) => void;
  drop: (code: string) => void;
}) {
  const title = (code: string) => (code === "*" ? "Everywhere else" : countryName(code));
  // After a choice the list stands at its first line again.
  const [turn, setTurn] = useState(0);
  return (
    <>
      {chosen.length > 0 && (
        <ul class="chosen-places">
          {chosen.map((code) => (
            <li key={code}>
              {title(code)}
              <button
                type="button"
                class="link danger"
                aria-label={`Take out ${title(code)}`}
                onClick={() => drop(code)}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      {/* So that leaving the page asks about them. */}
      <input type="hidden" name={`${name}-chosen`} value={chosen.join(" ")} />
      <SelectField
        key={turn}
        name={name}
        label="Countries"
        value=""
        onChange={(value) => {
          add(value);
          setTurn(turn + 1);
        }}
        options={[
          ["", "Add a country…"],
          ["*", "Everywhere else"],
          ["EU", "All of the European Union"],
          ...countries().filter(([code]) => !chosen.includes(code)),
        ]}
      />
    </>
  );
}

function PartFields({
  name,
  place,
  drop,
  label,
}: {
  name: string;
  place: Place | undefined;
  drop: () => void;
  label: string;
}) {
  return (
    <fieldset class="row">
      <legend class="unseen">{label}</legend>
      <SelectField
        name={`${name}/country`}
        label="Country"
        required
        value={place?.country ?? ""}
        options={[["", "Choose…"], ...countries()]}
      />
      <TextField name={`${name}/region`} label="Region" optional value={place?.region ?? ""} maxLength={100} />
      <TextField
        name={`${name}/postal_codes`}
        label="Postcodes that begin with"
        optional
        value={(place?.postal_codes ?? []).join(", ")}
        hint="Instead of a region; with commas between."
      />
      <button type="button" class="link danger" aria-label={`Take out ${label}`} onClick={drop}>
        Take out
      </button>
    </fieldset>
  );
}

function BandFields({
  name,
  label,
  band,
  pricing,
  isLast,
  drop,
}: {
  name: string;
  label: string;
  band: Band | undefined;
  pricing: Pricing;
  isLast: boolean;
  drop: (() => void) | undefined;
}) {
  const { currency } = useSession().shop;
  const to = band?.to ?? undefined;
  const end = isLast ? { hint: "Empty: without an end." } : {};
  return (
    <fieldset class="row">
      <legend class="unseen">{label}</legend>
      {pricing === "weight" && (
        <NumberField name={`${name}/to`} label="Up to" unit="g" value={to === undefined ? "" : String(to)} {...end} />
      )}
      {pricing === "value" && (
        <MoneyField
          name={`${name}/to`}
          label="Up to"
          value={to === undefined ? "" : moneyInput(to, currency)}
          {...end}
        />
      )}
      <MoneyField name={`${name}/price`} label="Costs" required value={band ? moneyInput(band.price, currency) : ""} />
      {drop && (
        <button type="button" class="link danger" aria-label={`Take out ${label}`} onClick={drop}>
          Take out
        </button>
      )}
    </fieldset>
  );
}
