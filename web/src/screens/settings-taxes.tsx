import { useLayoutEffect, useState } from "preact/hooks";
import { countries, countryName } from "../text/countries";
import { percentInput, readPercent } from "../text/percent";
import { byCountry, rateText, type TaxClass, type TaxRate, taxClasses } from "../text/taxes";
import {
  Checkbox,
  Form,
  GroupFault,
  SelectField,
  TextArea,
  TextField,
  typedIn,
  useHasFault,
  type Values,
} from "../ui/form";
import { Section } from "../ui/page";
import { type FormRow, useRows } from "../ui/rows";
import { UsualRates } from "./settings-tax-defaults";
import type { Part, Settings } from "./settings-text";

type Tax = Settings["tax"];

/** A rate in the form. One that was just added may have no country yet. */
interface Draft {
  rate: Partial<TaxRate>;
  isNew: boolean;
}
type DraftRow = FormRow<Draft> & { at: number };

const isUnconfirmed = ({ row }: { row: Draft }) => row.rate.confirmed === false;
const nameOf = (at: number) => `tax/rates/${at}`;
const many = (count: number) => (count === 1 ? "1 rate" : `${count} rates`);

function ratesOf(rows: readonly FormRow<Draft>[], values: Values): TaxRate[] {
  return rows.map(({ row: { rate } }, at) => {
    const value = (name: string) => values[`${nameOf(at)}/${name}`] ?? "";
    return {
      country: rate.country ?? value("country"),
      region: value("region").trim(),
      tax_class: value("tax_class") as TaxClass,
      from: value("from") || null,
      rate_ppm: typedIn(values, `${nameOf(at)}/rate_ppm`, (text) => readPercent(text)),
      confirmed: rate.confirmed ?? true,
      source: rate.source ?? "",
    };
  });
}

function taxOf(rows: readonly FormRow<Draft>[], values: Values, before: Tax): Tax {
  const delivery = values.delivery!;
  return {
    prices_include_tax: values.prices_include_tax === "on",
    shipping_taxed: delivery !== "untaxed",
    shipping_class: delivery === "untaxed" || delivery === "goods" ? null : (delivery as TaxClass),
    untaxed_prices: (values.untaxed_prices ?? before.untaxed_prices ?? "net") as "net" | "same",
    small_business: values["tax/small_business"]?.trim() || null,
    rates: ratesOf(rows, values),
  };
}

/** How the shop is taxed, and its rates by country. */
export function Taxes({ settings: { tax }, save }: Part) {
  const { rows, add, drop, change } = useRows<Draft>(tax.rates.map((rate) => ({ rate, isNew: false })));
  const [usual, setUsual] = useState(false);
  const [included, setIncluded] = useState(tax.prices_include_tax);
  const [exempt, setExempt] = useState(Boolean(tax.small_business));
  const [marked, setMarked] = useState(false); // whether something was confirmed that is not saved yet
  const numbered = rows.map((row, at): DraftRow => ({ ...row, at }));
  const unconfirmed = rows.filter(isUnconfirmed).length;
  const confirm = (key?: number) => {
    change((draft, of) =>
      key === undefined || of === key ? { ...draft, rate: { ...draft.rate, confirmed: true } } : draft,
    );
    setMarked(true);
  };
  const addTo = (country?: string) => add({ rate: country ? { country } : {}, isNew: true });
  return (
    <Section title="Taxes" id="taxes">
      <Form onSubmit={(values) => save({ tax: taxOf(rows, values, tax) })}>
        <Checkbox name="prices_include_tax" label="Prices include the tax" checked={included} onChange={setIncluded} />
        {included && (
          <SelectField
            name="untaxed_prices"
            label="Where no tax is due"
            value={tax.untaxed_prices ?? "net"}
            options={[
              ["net", "Prices are without the tax that they include at home"],
              ["same", "Prices stay as they are"],
            ]}
            hint="For countries without a rate, and for businesses in other member states of the European Union."
          />
        )}
        <SelectField
          name="delivery"
          label="Delivery is taxed"
          value={tax.shipping_taxed ? (tax.shipping_class ?? "goods") : "untaxed"}
          options={[
            ["goods", "As its goods are, by what they cost"],
            ...taxClasses.map(([value, label]) => [value, `At the rate of the class “${label}”`] as const),
            ["untaxed", "Not at all"],
          ]}
        />
        <Checkbox
          name="is_small_business"
          label="The shop is exempt from tax as a small business"
          checked={exempt}
          onChange={setExempt}
        />
        {exempt && (
          <TextArea
            name="tax/small_business"
            label="The sentence that says so"
            required
            rows={2}
            maxLength={500}
            value={tax.small_business ?? ""}
            hint="Customers read it, such as “Kein Ausweis von Umsatzsteuer nach § 19 UStG.” No order is taxed, whatever the rates below."
          />
        )}
        <div class="group">
          <h3>Rates</h3>
          <p class="muted">
            {rows.length === 0
              ? "No rates: nothing is taxed."
              : "A class without a rate has that of the class before it. Where a region has a rate, orders need a region with one: add a rate for the whole country, 0 % too, to take all others."}
          </p>
          {unconfirmed > 0 && (
            <div class="notice warn">
              <p>
                {many(unconfirmed)} {unconfirmed === 1 ? "is a default" : "are defaults"} that no owner has confirmed.
                Compare with what your tax authority says.
              </p>
              <p class="acts">
                <button type="button" onClick={() => confirm()}>
                  Confirm all
                </button>
              </p>
            </div>
          )}
          <div>
            <p role="status">{marked && "Save to keep what you confirmed."}</p>
            {byCountry(
              numbered.filter(({ row }) => row.rate.country),
              ({ row }) => row.rate.country!,
            ).map(([country, of]) => (
              <Country
                key={country}
                country={country}
                rows={of}
                addTo={() => addTo(country)}
                drop={drop}
                confirm={confirm}
              />
            ))}
          </div>
          {numbered
            .filter(({ row }) => !row.rate.country)
            .map((row) => (
              <Rate key={row.key} row={row} drop={drop} confirm={confirm} />
            ))}
          <p class="acts">
            <button type="button" onClick={() => addTo()}>
              Add a rate
            </button>
            <button type="button" onClick={() => setUsual(true)}>
              Add the usual rates…
            </button>
          </p>
        </div>
      </Form>
      {usual && (
        <UsualRates
          own={rows.flatMap(({ row: { rate } }) => (rate.country ? [rate as TaxRate] : []))}
          onAdd={(rates) => add(...rates.map((rate) => ({ rate, isNew: false })))}
          onClose={() => setUsual(false)}
        />
      )}
    </Section>
  );
}

interface RowActs {
  drop: (key: number) => void;
  confirm: (key: number) => void;
}

/** What a folded country says of its rates: a country may have hundreds. */
const mostInSummary = 4;

function Country({
  country,
  rows,
  addTo,
  drop,
  confirm,
}: { country: string; rows: DraftRow[]; addTo: () => void } & RowActs) {
  const [open, setOpen] = useState(false);
  const hasFault = useHasFault(rows.map(({ at }) => nameOf(at)));
  const added = rows.filter(({ row }) => row.isNew).length;
  // A row that was just added is to be filled in, and a fault to be seen.
  useLayoutEffect(() => {
    if (hasFault || added > 0) setOpen(true);
  }, [hasFault, added]);
  const saved = rows.filter(({ row }) => !row.isNew).map(({ row }) => rateText(row.rate as TaxRate));
  const more = saved.length - mostInSummary;
  const unconfirmed = rows.filter(isUnconfirmed).length;
  return (
    <details class="fold" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <strong>{countryName(country)}</strong>{" "}
        <span class="muted">
          {saved.slice(0, mostInSummary).join(" · ")}
          {more > 0 && ` and ${more} more`}
        </span>
        {unconfirmed > 0 && <span class="warn"> {unconfirmed} not confirmed</span>}
      </summary>
      {rows.map((row) => (
        <Rate key={row.key} row={row} drop={drop} confirm={confirm} />
      ))}
      <p>
        <button type="button" class="link" onClick={addTo}>
          Add a rate for {countryName(country)}
        </button>
      </p>
    </details>
  );
}

function Rate({ row: { key, at, row }, drop, confirm }: { row: DraftRow } & RowActs) {
  const { rate } = row;
  const name = nameOf(at);
  return (
    <fieldset class="row">
      <legend class="unseen">{rate.country && !row.isNew ? rateText(rate as TaxRate) : `Rate ${at + 1}`}</legend>
      {!rate.country && (
        <SelectField name={`${name}/country`} label="Country" required options={[["", "Choose…"], ...countries()]} />
      )}
      <SelectField name={`${name}/tax_class`} label="Class" value={rate.tax_class ?? "standard"} options={taxClasses} />
      <TextField
        name={`${name}/rate_ppm`}
        label="Percent"
        short
        required
        inputMode="decimal"
        value={rate.rate_ppm === undefined ? "" : percentInput(rate.rate_ppm)}
      />
      <TextField name={`${name}/region`} label="Region" optional value={rate.region ?? ""} maxLength={80} />
      <TextField name={`${name}/from`} label="Since" optional type="date" value={rate.from ?? ""} />
      <GroupFault name={name} label="This rate" value={rate.confirmed === false ? "" : "confirmed"} />
      <div class="whole acts">
        {rate.confirmed === false && (
          <button type="button" class="link" onClick={() => confirm(key)}>
            Confirm this rate
          </button>
        )}
        <button type="button" class="link danger" aria-label={`Take out rate ${at + 1}`} onClick={() => drop(key)}>
          Take out
        </button>
        {rate.source && <p class="hint">{rate.source}</p>}
      </div>
    </fieldset>
  );
}
