import { useState } from "preact/hooks";
import { get, put, type Answer, type Body } from "../api/client";
import { useData } from "../api/data";
import { useSession } from "../session";
import { countries } from "../text/countries";
import { moneyInput } from "../text/money";
import { parsePercent, percentInput } from "../text/percent";
import { AddressFields, addressOf } from "../ui/address";
import { saveEdit } from "../ui/edit";
import { Checkbox, FieldFault, Form, MoneyField, NumberField, SelectField, TextField, moneyOf, requiredInteger, type Values } from "../ui/form";
import { Page, Section } from "../ui/page";
import { Failed, Loading } from "../ui/states";
import { notify } from "../ui/toast";

export type Settings = Answer<"/admin/settings", "get">;
export type Update = Body<"/admin/settings", "put">;
type Part = { settings: Settings; save: (edit: Update) => Promise<void> };

export default function SettingsScreen() {
  const settings = useData("/admin/settings", [], { live: ["setting."] });
  const { refresh } = useSession();
  const data = settings.data;
  if (!data)
    return (
      <Page title="Settings">
        {settings.error !== undefined ? <Failed error={settings.error} again={() => void settings.reload()} /> : <Loading rows={12} />}
      </Page>
    );
  const save = async (edit: Update) => {
    const saved = await saveEdit<Settings, Settings>(data, edit as Partial<Settings>, {
      load: () => get("/admin/settings"),
      save: (changes, version) => put("/admin/settings", [], { body: changes as Update, version }),
      fields: (all) => all,
      labels: {
        shop_name: "Name",
        shop_address: "Address",
        tax: "Taxes",
        shipping: "Shipping rates",
        reservation_minutes: "Minutes that unpaid stock is held",
        payment_methods: "Ways to pay",
        ship_before_payment: "Shipped before it is paid",
        card_gateway: "Gateway for cards",
      },
      show: (_, value) => (typeof value === "object" && value !== null ? JSON.stringify(value) : String(value ?? "none")),
    });
    if (!saved) return;
    settings.set(saved);
    notify("Settings saved");
    await refresh();
  };
  // A section's fields start over when what they show was saved.
  return (
    <Page title="Settings">
      <div class="stack narrow">
        <Shop key={`shop-${data.version}`} settings={data} save={save} />
        <Taxes key={`tax-${data.version}`} settings={data} save={save} />
        <Shipping key={`shipping-${data.version}`} settings={data} save={save} />
        <WaysToPay key={`pay-${data.version}`} settings={data} save={save} />
        <Stripe key={`stripe-${data.version}`} settings={data} save={save} />
        <Reservation key={`reservation-${data.version}`} settings={data} save={save} />
      </div>
    </Page>
  );
}

function Shop({ settings, save }: Part) {
  return (
    <Section title="The shop">
      <Form
        submit="Save"
        onSubmit={async (values) => {
          const address = addressOf(values, "shop_address");
          const blank = Object.values(address).every((line) => line === "");
          await save({ shop_name: values.shop_name!.trim(), shop_address: blank ? null : address });
        }}
      >
        <TextField name="shop_name" label="Name" value={settings.shop_name} maxLength={100} />
        <fieldset>
          <legend>Address, as labels and receipts show it</legend>
          <AddressFields at="shop_address" value={settings.shop_address} />
        </fieldset>
        <p class="muted">Prices are in {settings.currency}.</p>
      </Form>
    </Section>
  );
}

/** Rows that can be added and taken out; each keeps its number, so that typing survives. */
function useRows<R>(start: readonly R[]) {
  const [rows, setRows] = useState(() => start.map((row, key) => ({ key, row: row as R | undefined })));
  const [next, setNext] = useState(start.length);
  return {
    rows,
    add: () => {
      setRows([...rows, { key: next, row: undefined }]);
      setNext(next + 1);
    },
    drop: (key: number) => setRows(rows.filter((row) => row.key !== key)),
  };
}

function percentOf(values: Values, name: string): number {
  const ppm = parsePercent(values[name] ?? "");
  if (ppm === undefined) throw new FieldFault(name, "A rate in percent, such as 19 or 8.875.");
  return ppm;
}

function Taxes({ settings, save }: Part) {
  const { rows, add, drop } = useRows(settings.tax.rates);
  return (
    <Section title="Taxes">
      <Form
        submit="Save"
        onSubmit={(values) =>
          save({
            tax: {
              prices_include_tax: values.prices_include_tax === "on",
              shipping_taxed: values.shipping_taxed === "on",
              rates: rows.map((_, at) => ({
                country: values[`tax/rates/${at}/country`]!,
                region: values[`tax/rates/${at}/region`]!.trim(),
                rate_ppm: percentOf(values, `tax/rates/${at}/rate_ppm`),
              })),
            },
          })
        }
      >
        <Checkbox name="prices_include_tax" label="Prices include the tax" checked={settings.tax.prices_include_tax} />
        <Checkbox name="shipping_taxed" label="Shipping is taxed as the goods are" checked={settings.tax.shipping_taxed} />
        {rows.length === 0 && <p class="muted">No rates: nothing is taxed.</p>}
        {rows.map(({ key, row }, at) => (
          <fieldset class="row" key={key}>
            <legend class="unseen">Rate {at + 1}</legend>
            <SelectField name={`tax/rates/${at}/country`} label="Country" value={row?.country ?? ""} options={[["", "Choose…"], ...countries()]} />
            <TextField name={`tax/rates/${at}/region`} label="Region" optional value={row?.region ?? ""} maxLength={80} />
            <TextField name={`tax/rates/${at}/rate_ppm`} label="Percent" short inputMode="decimal" value={row ? percentInput(row.rate_ppm) : ""} />
            <button type="button" class="link danger" aria-label={`Take out rate ${at + 1}`} onClick={() => drop(key)}>
              Take out
            </button>
          </fieldset>
        ))}
        <p>
          <button type="button" onClick={add}>
            Add a rate
          </button>
        </p>
      </Form>
    </Section>
  );
}

function Shipping({ settings, save }: Part) {
  const { currency } = useSession().shop;
  const { rows, add, drop } = useRows(settings.shipping.rates);
  return (
    <Section title="Shipping rates">
      <Form
        submit="Save"
        onSubmit={(values) =>
          save({
            shipping: {
              rates: rows.map((_, at) => ({
                country: values[`shipping/rates/${at}/country`]!,
                amount: moneyOf(values, `shipping/rates/${at}/amount`, currency),
                free_above: values[`shipping/rates/${at}/free_above`] ? moneyOf(values, `shipping/rates/${at}/free_above`, currency) : null,
              })),
            },
          })
        }
      >
        <p class="muted">
          {rows.length === 0
            ? "No rates: shipping is free, everywhere."
            : "Countries without a rate, and without “everywhere else”, are not shipped to."}
        </p>
        {rows.map(({ key, row }, at) => (
          <fieldset class="row" key={key}>
            <legend class="unseen">Rate {at + 1}</legend>
            <SelectField
              name={`shipping/rates/${at}/country`}
              label="To"
              value={row?.country ?? ""}
              options={[["", "Choose…"], ["*", "Everywhere else"], ...countries()]}
            />
            <MoneyField name={`shipping/rates/${at}/amount`} label="Costs" value={row ? moneyInput(row.amount, currency) : ""} />
            <MoneyField
              name={`shipping/rates/${at}/free_above`}
              label="Free from"
              optional
              value={row?.free_above === null || row?.free_above === undefined ? "" : moneyInput(row.free_above, currency)}
            />
            <button type="button" class="link danger" aria-label={`Take out rate ${at + 1}`} onClick={() => drop(key)}>
              Take out
            </button>
          </fieldset>
        ))}
        <p>
          <button type="button" onClick={add}>
            Add a rate
          </button>
        </p>
      </Form>
    </Section>
  );
}

function WaysToPay({ settings, save }: Part) {
  const { payment_methods: offered, ship_before_payment: early } = settings;
  return (
    <Section title="Ways to pay">
      <Form
        submit="Save"
        onSubmit={(values) =>
          save({
            payment_methods: {
              card: values.card === "on",
              bank_transfer: values.bank_transfer === "on",
              cash_on_delivery: values.cash_on_delivery === "on",
            },
            ship_before_payment: {
              bank_transfer: values.early_bank_transfer === "on",
              cash_on_delivery: values.early_cash_on_delivery === "on",
            },
            card_gateway: (values.card_gateway || null) as Settings["card_gateway"],
          })
        }
      >
        <fieldset>
          <legend>Customers can pay</legend>
          <Checkbox name="card" label="By card, once a gateway is set up" checked={offered.card} />
          <Checkbox name="bank_transfer" label="By bank transfer" checked={offered.bank_transfer} />
          <Checkbox name="cash_on_delivery" label="On delivery, in cash" checked={offered.cash_on_delivery} />
        </fieldset>
        <fieldset>
          <legend>Ship before the money is there</legend>
          <Checkbox name="early_bank_transfer" label="Orders paid by bank transfer" checked={early.bank_transfer} />
          <Checkbox name="early_cash_on_delivery" label="Orders paid on delivery" checked={early.cash_on_delivery} />
        </fieldset>
        <SelectField
          name="card_gateway"
          label="Cards go through"
          value={settings.card_gateway ?? ""}
          options={[
            ["", "Whatever is set up"],
            ["stripe", "Stripe"],
            ["sandbox", "The sandbox: simulated, no money moves"],
          ]}
        />
      </Form>
    </Section>
  );
}

/** The fields of a secret: written, never shown. Empty leaves it as it is. */
function SecretField({ name, label, state }: { name: string; label: string; state: Settings["stripe_secret_key"] }) {
  if (state.from === "configuration") {
    return (
      <p class="muted">
        {label}: set by the server's configuration, which goes before what is set here.
      </p>
    );
  }
  return (
    <>
      <TextField
        name={name}
        label={label}
        type="password"
        optional={state.set}
        autoComplete="new-password"
        hint={state.set ? "It is set. Leave this empty to keep it." : "Not set. It is kept sealed, and never shown again."}
      />
      {state.set && <Checkbox name={`${name}-remove`} label={`Remove: ${label.toLowerCase()}`} />}
    </>
  );
}

/** What a secret's fields say: a new value, null to take it away, nothing to leave it. */
function secretOf(values: Values, name: string): Record<string, string | null> {
  if (values[`${name}-remove`] === "on") return { [name]: null };
  const typed = values[name]?.trim();
  return typed ? { [name]: typed } : {};
}

function Stripe({ settings, save }: Part) {
  return (
    <Section title="Stripe">
      <Form
        submit="Save"
        onSubmit={(values) =>
          save({
            stripe_publishable_key: values.stripe_publishable_key!.trim(),
            ...secretOf(values, "stripe_secret_key"),
            ...secretOf(values, "stripe_webhook_secret"),
          })
        }
      >
        <TextField
          name="stripe_publishable_key"
          label="Publishable key"
          optional
          value={settings.stripe_publishable_key}
          hint="pk_…; the shop's pages give it to the customer's browser."
        />
        <SecretField name="stripe_secret_key" label="Secret key" state={settings.stripe_secret_key} />
        <SecretField name="stripe_webhook_secret" label="Webhook signing secret" state={settings.stripe_webhook_secret} />
      </Form>
    </Section>
  );
}

function Reservation({ settings, save }: Part) {
  return (
    <Section title="Unpaid orders">
      <Form submit="Save" onSubmit={(values) => save({ reservation_minutes: requiredInteger(values, "reservation_minutes") })}>
        <NumberField
          name="reservation_minutes"
          label="Stock is held for"
          unit="minutes"
          min={1}
          value={String(settings.reservation_minutes)}
          hint="Then an order that was to be paid online expires, and its stock is on sale again."
        />
      </Form>
    </Section>
  );
}
