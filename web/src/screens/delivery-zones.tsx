import { useState } from "preact/hooks";
import { useSession } from "../session";
import { countries, countryName } from "../text/countries";
import { moneyInput } from "../text/money";
import {
  FieldFault,
  integerOf,
  MoneyField,
  moneyOf,
  NumberField,
  SelectField,
  TextField,
  type Values,
} from "../ui/form";
import { useRows } from "../ui/rows";
import type { Zone } from "./delivery-text";

type Place = NonNullable<Zone["places"]>[number];
type Band = Zone["bands"][number];
/** How a zone is priced; "never": the method does not go there. */
type Pricing = "one" | "value" | "weight" | "never";

const union = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" ");

const pricingOf = (zone?: Zone): Pricing => {
  if (!zone) return "one";
  if (zone.bands.length === 0) return "never";
  if (zone.by === "weight") return "weight";
  return zone.bands.length === 1 && (zone.bands[0]!.to ?? null) === null ? "one" : "value";
};

const isWhole = ({ region, postal_codes = [] }: Place) => !region && postal_codes.length === 0;

/** What the zones' editors hold beside their fields. */
export interface Held {
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

/** A zone as its fields have it. `at`: the name that they begin with. */
export function zoneOf(values: Values, at: string, held: Held, currency: string): Zone {
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

/** One zone: where, and what it costs there. */
export function ZoneFields({
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
