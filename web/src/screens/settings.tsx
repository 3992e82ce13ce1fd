import { useEffect } from "preact/hooks";
import { get, put } from "../api/client";
import { useData } from "../api/data";
import { isPlain, usePlace } from "../router";
import { useSession } from "../session";
import { languages } from "../text/languages";
import { percentInput, readPercent } from "../text/percent";
import { timeZones } from "../text/time-zones";
import { AddressFields, addressOf } from "../ui/address";
import { saveEdit } from "../ui/edit";
import { Form, integerOf, NumberField, requiredInteger, SelectField, TextArea, TextField, typedIn } from "../ui/form";
import { Page, Section } from "../ui/page";
import { SaveTogether } from "../ui/saving";
import { Failed, Loading } from "../ui/states";
import { notify } from "../ui/toast";
import { Invoices, Seller } from "./settings-documents";
import { Logs } from "./settings-logs";
import { Mail } from "./settings-mail";
import { EasyPost } from "./settings-parcels";
import { Stripe, WaysToPay } from "./settings-payments";
import { Searches } from "./settings-search";
import { Storefront } from "./settings-storefront";
import { Taxes } from "./settings-taxes";
import { type Part, type Settings, settingLabels, settingText, type Update } from "./settings-text";

export default function SettingsScreen() {
  const settings = useData("/admin/settings");
  const { refresh } = useSession();
  const data = settings.data;
  const { query } = usePlace();
  const part = query.get("part");
  useEffect(() => {
    if (data && part) showPart(part);
  }, [Boolean(data), part]);
  if (!data)
    return (
      <Page title="Settings">
        {settings.error !== undefined ? (
          <Failed error={settings.error} again={() => void settings.reload()} />
        ) : (
          <Loading rows={12} />
        )}
      </Page>
    );
  const save = async (edit: Update) => {
    const saved = await saveEdit<Settings, Settings>(data, edit as Partial<Settings>, {
      load: () => get("/admin/settings"),
      save: (changes, version) => put("/admin/settings", [], { body: changes as Update, version }),
      fields: (all) => all,
      labels: settingLabels,
      show: (field, value) => settingText(field, value),
    });
    if (!saved) return;
    settings.set(saved);
    notify("Settings saved");
    await refresh();
  };
  // A part's fields are reset when their values were saved; what is typed in other parts stays. The fields
  // are not live: whoever saves over another person's change is asked.
  const of = (...names: (keyof Settings)[]) => JSON.stringify(names.map((name) => data[name]));
  return (
    <Page title="Settings">
      <nav class="index narrow" aria-label="Parts of the settings">
        {parts.map(([id, label]) => (
          <a key={id} href={`#${id}`} onClick={(event) => show(event, id)}>
            {label}
          </a>
        ))}
      </nav>
      <SaveTogether>
        {(round) => (
          <div class="stack narrow" key={round}>
            <Shop key={of("shop_name", "shop_address", "time_zone", "locale")} settings={data} save={save} />
            <Storefront key={of("storefront", "logo")} settings={data} save={save} />
            <Taxes key={of("tax")} settings={data} save={save} />
            <WaysToPay
              key={of("payment_methods", "ship_before_payment", "bank_details", "card_gateway")}
              settings={data}
              save={save}
            />
            <Stripe
              key={of("stripe_publishable_key", "stripe_secret_key", "stripe_webhook_secret")}
              settings={data}
              save={save}
            />
            <Seller key={of("seller")} settings={data} save={save} />
            <Invoices key={of("documents")} settings={data} save={save} />
            <EasyPost
              key={of("easypost_api_key", "easypost_webhook_secret", "follow_typed_numbers", "ship_when_packed")}
              settings={data}
              save={save}
            />
            <Mail key={of("mail", "smtp_password")} settings={data} save={save} />
            <Reservation key={of("reservation_minutes")} settings={data} save={save} />
            <Discounts key={of("staff_discount_ppm")} settings={data} save={save} />
            <SignIn key={of("login_limit")} settings={data} save={save} />
            <OtherPages key={of("allowed_origins")} settings={data} save={save} />
            <Searches key={of("search_name_beginnings")} settings={data} save={save} />
            <Logs key={of("log_terms")} settings={data} save={save} />
          </div>
        )}
      </SaveTogether>
    </Page>
  );
}

const parts = [
  ["shop", "The shop"],
  ["storefront", "Shop pages"],
  ["taxes", "Taxes"],
  ["payment", "Ways to pay"],
  ["stripe", "Stripe"],
  ["seller", "Seller"],
  ["invoices", "Invoices"],
  ["carriers", "Carriers"],
  ["mail", "E-mail"],
  ["unpaid", "Unpaid orders"],
  ["discounts", "Discounts of staff"],
  ["sign-in", "Signing in"],
  ["other-pages", "Pages elsewhere"],
  ["search", "Search"],
  ["logs", "What is kept"],
] as const;

function show(event: MouseEvent, id: string): void {
  if (!isPlain(event)) return;
  event.preventDefault();
  showPart(id);
}

function showPart(id: string): void {
  const part = document.getElementById(id);
  part?.scrollIntoView({ block: "start" });
  part?.querySelector<HTMLElement>("input, select, textarea, button")?.focus({ preventScroll: true });
}

function Shop({ settings, save }: Part) {
  return (
    <Section title="The shop" id="shop">
      <Form
        onSubmit={async (values) => {
          const address = addressOf(values, "shop_address");
          const blank = Object.values(address).every((line) => line === "");
          await save({
            shop_name: values.shop_name!.trim(),
            shop_address: blank ? null : address,
            time_zone: values.time_zone || null,
            locale: values.locale as Settings["locale"],
          });
        }}
      >
        <TextField name="shop_name" label="Name" value={settings.shop_name} maxLength={100} required />
        <SelectField
          name="time_zone"
          label="Time zone"
          value={settings.time_zone ?? ""}
          options={[["", "Not set: UTC"], ...timeZones(settings.time_zone ?? "")]}
          hint="Its days are those of reports, papers, pages, mails and exports."
        />
        <SelectField
          name="locale"
          label="Language of pages and mails"
          value={settings.locale}
          options={languages()}
          hint="For customers who ask for none. Each order keeps its own."
        />
        <fieldset>
          <legend>Address, as labels and receipts show it</legend>
          <AddressFields at="shop_address" value={settings.shop_address} />
        </fieldset>
        <p class="muted">Prices are in {settings.currency}.</p>
      </Form>
    </Section>
  );
}

const holdFields = [
  ["bank_transfer_days", "For a bank transfer", ""],
  ["reminder_days", "Reminded of it after", "0: never."],
  ["cash_on_delivery_days", "For cash on delivery", "Until staff confirm the order, or begin to pack it."],
  ["gateway_days", "While a gateway decides", "At most, for direct debits and the like."],
] as const;
const limitFields = [
  ["orders_per_email", "Orders of an e-mail address", "orders"],
  ["orders_per_network", "Orders of a network address", "orders"],
  ["units_per_network", "Units of a network address", "units"],
] as const;

function Reservation({ settings, save }: Part) {
  return (
    <Section title="Unpaid orders" id="unpaid">
      <Form
        onSubmit={(values) =>
          save({
            reservation_minutes: requiredInteger(values, "reservation_minutes", { least: 1 }),
            unpaid_holds: {
              bank_transfer_days: requiredInteger(values, "bank_transfer_days", { least: 1 }),
              reminder_days: requiredInteger(values, "reminder_days"),
              cash_on_delivery_days: requiredInteger(values, "cash_on_delivery_days", { least: 1 }),
              gateway_days: requiredInteger(values, "gateway_days", { least: 1 }),
            },
            guest_limits: {
              orders_per_email: integerOf(values, "orders_per_email", { least: 1 }) ?? null,
              orders_per_network: integerOf(values, "orders_per_network", { least: 1 }) ?? null,
              units_per_network: integerOf(values, "units_per_network", { least: 1 }) ?? null,
            },
          })
        }
      >
        <NumberField
          name="reservation_minutes"
          label="Stock is held for"
          unit="minutes"
          required
          value={String(settings.reservation_minutes)}
          hint="Then an order that was to be paid online expires, and its stock is on sale again."
        />
        <div class="fields">
          {holdFields.map(([name, label, hint]) => (
            <NumberField
              key={name}
              name={name}
              label={label}
              unit="days"
              required
              value={String(settings.unpaid_holds[name])}
              hint={hint}
            />
          ))}
        </div>
        <p class="muted">
          How much customers may leave unpaid at a time, so that nobody reserves all of the stock. Empty: as much as
          they like.
        </p>
        <div class="fields">
          {limitFields.map(([name, label, unit]) => (
            <NumberField
              key={name}
              name={name}
              label={label}
              unit={unit}
              optional
              value={settings.guest_limits[name] === null ? "" : String(settings.guest_limits[name])}
            />
          ))}
        </div>
      </Form>
    </Section>
  );
}

function Discounts({ settings, save }: Part) {
  return (
    <Section title="Discounts of staff" id="discounts">
      <Form
        onSubmit={(values) =>
          save({ staff_discount_ppm: typedIn(values, "staff_discount_ppm", (text) => readPercent(text)) })
        }
      >
        <TextField
          name="staff_discount_ppm"
          label="Staff may take off up to"
          short
          required
          inputMode="decimal"
          value={`${percentInput(settings.staff_discount_ppm)} %`}
          hint="Of an order, and of each line, before it is paid. Owners may take off any share."
        />
      </Form>
    </Section>
  );
}

function SignIn({ settings, save }: Part) {
  const { failures, window_minutes } = settings.login_limit;
  return (
    <Section title="Signing in" id="sign-in">
      <Form
        onSubmit={(values) =>
          save({
            login_limit: {
              failures: requiredInteger(values, "login_limit/failures", { least: 1 }),
              window_minutes: requiredInteger(values, "login_limit/window_minutes", { least: 1 }),
            },
          })
        }
      >
        <div class="fields">
          <NumberField
            name="login_limit/failures"
            label="Wrong passwords"
            required
            value={String(failures)}
            hint="Then the account has to wait between tries."
          />
          <NumberField
            name="login_limit/window_minutes"
            label="Forgotten after"
            unit="minutes"
            required
            value={String(window_minutes)}
          />
        </div>
      </Form>
    </Section>
  );
}

function OtherPages({ settings, save }: Part) {
  return (
    <Section title="Pages elsewhere" id="other-pages">
      <Form
        onSubmit={({ allowed_origins }) =>
          save({ allowed_origins: allowed_origins!.split(/\s+/).filter((origin) => origin !== "") })
        }
      >
        <TextArea
          name="allowed_origins"
          label="Whose pages may call this shop"
          value={settings.allowed_origins.join("\n")}
          rows={3}
          optional
          hint="One a line, such as https://www.example.com. Their scripts can then read products and place orders. What staff may do stays closed to them."
        />
      </Form>
    </Section>
  );
}
