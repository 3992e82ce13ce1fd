import { AddressFields, addressOf } from "../ui/address";
import { Form, NumberField, requiredInteger, SelectField, TextArea, TextField } from "../ui/form";
import { Section } from "../ui/page";
import type { Part, Settings } from "./settings-text";

type Seller = Settings["seller"];

const lines: [keyof Seller & string, string, string, number][] = [
  ["legal_name", "Legal name", "With the legal form, as the register has it.", 200],
  ["vat_id", "VAT ID", "In the EU and the UK, this or the tax number is needed.", 20],
  ["tax_number", "Tax number", "", 40],
  ["register_entry", "Register entry", "Such as the court and number of a company.", 200],
  ["email", "E-mail", "For questions about invoices.", 254],
];

/** Who sells, as invoices name it. */
export function Seller({ settings, save }: Part) {
  const { seller } = settings;
  return (
    <Section title="Seller" id="seller">
      <Form
        onSubmit={(values) => {
          const address = addressOf(values, "seller/address");
          const blank = Object.values(address).every((line) => line === "");
          const text = (name: string) => (values[`seller/${name}`] ?? "").trim();
          return save({
            seller: {
              legal_name: text("legal_name"),
              vat_id: text("vat_id"),
              tax_number: text("tax_number"),
              register_entry: text("register_entry"),
              email: text("email"),
              address: blank ? null : address,
              payment_terms: text("payment_terms"),
              foot: text("foot"),
            },
          });
        }}
      >
        {lines.map(([name, label, hint, maxLength]) => (
          <TextField
            key={name}
            name={`seller/${name}`}
            label={label}
            optional
            value={seller[name] as string}
            maxLength={maxLength}
            hint={hint}
          />
        ))}
        <fieldset>
          <legend>Address, if it is not the shop's</legend>
          <AddressFields at="seller/address" value={seller.address} />
        </fieldset>
        <TextArea
          name="seller/payment_terms"
          label="Terms of payment"
          optional
          rows={2}
          maxLength={400}
          value={seller.payment_terms}
          hint="Printed on invoices that are not paid yet."
        />
        <TextArea
          name="seller/foot"
          label="At the foot of each page"
          optional
          rows={3}
          maxLength={1000}
          value={seller.foot}
        />
      </Form>
    </Section>
  );
}

/** When invoices are issued, and how they are numbered. */
export function Invoices({ settings, save }: Part) {
  const { issue, invoices, credit_notes, retention_years } = settings.documents;
  return (
    <Section title="Invoices" id="invoices">
      <Form
        onSubmit={(values) => {
          const digits = requiredInteger(values, "documents/invoices/digits", { least: 1, most: 9 });
          return save({
            documents: {
              issue: values["documents/issue"] as Settings["documents"]["issue"],
              invoices: { format: values["documents/invoices/format"]!.trim(), digits },
              credit_notes: { format: values["documents/credit_notes/format"]!.trim(), digits },
              retention_years: requiredInteger(values, "documents/retention_years", { least: 1, most: 100 }),
            },
          });
        }}
      >
        <SelectField
          name="documents/issue"
          label="Invoices are issued"
          value={issue}
          options={[
            ["by_hand", "By hand, on an order's page"],
            ["at_payment", "When an order is paid, or its first parcel leaves before"],
            ["at_shipping", "When an order's first parcel leaves"],
          ]}
          hint="Once the seller above is complete. Credit notes follow refunds automatically."
        />
        <div class="fields">
          <TextField
            name="documents/invoices/format"
            label="Numbers of invoices"
            required
            value={invoices.format}
            maxLength={30}
            hint="Ends with {number}; {year} begins anew each year."
          />
          <TextField
            name="documents/credit_notes/format"
            label="Numbers of credit notes"
            required
            value={credit_notes.format}
            maxLength={30}
            hint="The same: they share one series with invoices."
          />
          <NumberField
            name="documents/invoices/digits"
            label="Digits"
            required
            value={String(invoices.digits)}
            hint="At least, with zeros in front."
          />
        </div>
        <p class="muted">How documents are numbered is settled with the first one.</p>
        <NumberField
          name="documents/retention_years"
          label="Documents are kept for"
          unit="years"
          required
          value={String(retention_years)}
          hint="After the year of their issue, as your law demands; also those of customers whose data was erased."
        />
      </Form>
    </Section>
  );
}
