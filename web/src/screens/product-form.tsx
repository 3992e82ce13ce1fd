import { useState } from "preact/hooks";
import { useSession } from "../session";
import { countries } from "../text/countries";
import { moneyInput } from "../text/money";
import { readWhole } from "../text/number";
import { type TaxClass, taxClasses } from "../text/taxes";
import {
  integerOf,
  MoneyField,
  moneyOf,
  NumberField,
  SelectField,
  TextArea,
  TextField,
  typedIn,
  type Values,
} from "../ui/form";
import type { Product } from "./inventory-edit";
import { contentUnits, type StockPolicy, stockPolicies } from "./product-text";

const numberText = (value: number | null | undefined) => (value === null || value === undefined ? "" : String(value));

/** The fields that a new product and an edited one share. */
export function ProductFields({ product }: { product?: Product }) {
  const { currency } = useSession().shop;
  const amount = (minor: number | null | undefined) =>
    minor === null || minor === undefined ? "" : moneyInput(minor, currency);
  return (
    <>
      <TextField name="name" label="Name" value={product?.name ?? ""} maxLength={200} required />
      <TextArea
        name="description"
        label="Description"
        optional
        value={product?.description ?? ""}
        rows={5}
        maxLength={20_000}
      />
      <fieldset>
        <legend>Price</legend>
        <div class="fields">
          <MoneyField name="price" label="Price" required value={amount(product?.price)} />
          <MoneyField
            name="compare_at_price"
            label="Reduced from"
            optional
            value={amount(product?.compare_at_price)}
            hint="Shown struck through, with the lowest price of the last 30 days."
          />
        </div>
        <SelectField
          name="tax_class"
          label="Tax class"
          value={product?.tax_class ?? "standard"}
          options={taxClasses}
          hint="Which of a country's rates it has. Where a country has none for the class, it is that of the class before it."
        />
      </fieldset>
      <fieldset>
        <legend>Number and place</legend>
        <div class="fields">
          <TextField
            name="sku"
            label="SKU"
            value={product?.sku ?? ""}
            maxLength={100}
            required
            hint="Your own number for it; no two products share one."
          />
          <TextField
            name="barcode"
            label="Barcode"
            optional
            inputMode="numeric"
            value={product?.barcode ?? ""}
            maxLength={20}
            hint="Its GTIN, as it is printed below the bars."
          />
          <TextField
            name="shelf"
            label="Shelf"
            optional
            value={product?.shelf ?? ""}
            maxLength={50}
            hint="Where it lies, for who packs."
          />
        </div>
      </fieldset>
      <StockFields product={product} />
      <fieldset>
        <legend>Weight and measure</legend>
        <div class="fields">
          <NumberField
            name="weight_g"
            label="Weight"
            unit="g"
            optional
            value={numberText(product?.weight_g)}
            hint="With its packing: it goes on the label. Empty: unknown."
          />
          <NumberField
            name="content/quantity"
            label="Content"
            optional
            value={numberText(product?.content?.quantity)}
            hint="Shown as a price per kilogram, litre or metre."
          />
          <SelectField
            name="content/unit"
            label="Counted in"
            value={product?.content?.unit ?? "g"}
            options={contentUnits}
          />
        </div>
      </fieldset>
      <fieldset>
        <legend>Customs</legend>
        <div class="fields">
          <TextField
            name="customs_code"
            label="Customs code"
            optional
            inputMode="numeric"
            value={product?.customs_code ?? ""}
            maxLength={20}
            hint="Of the Harmonized System: 6 to 13 digits."
          />
          <SelectField
            name="origin_country"
            label="Made in"
            value={product?.origin_country ?? ""}
            options={[["", "Not known"], ...countries()]}
          />
        </div>
      </fieldset>
      <SelectField
        name="status"
        label="Where it is to be had"
        value={product?.status ?? "active"}
        options={[
          ["active", "On sale"],
          ["hidden", "Hidden: on sale to who has its address or SKU"],
          ["archived", "Archived: not on sale"],
        ]}
      />
    </>
  );
}

/** How stock is counted, and how far it may be sold. */
function StockFields({ product }: { product?: Product | undefined }) {
  const [policy, setPolicy] = useState<string>(product?.stock_policy ?? "counted");
  return (
    <fieldset>
      <legend>Stock</legend>
      <SelectField
        name="stock_policy"
        label="How it is sold"
        value={policy}
        options={stockPolicies}
        onChange={setPolicy}
      />
      <div class="fields">
        {policy === "beyond" && (
          <>
            <NumberField
              name="beyond_limit"
              label="Beyond the stock"
              unit="units"
              required
              value={numberText(product?.beyond_limit || undefined)}
              hint="So many more may be sold than there are."
            />
            <TextField
              name="expected_on"
              label="More comes on"
              optional
              type="date"
              value={product?.expected_on ?? ""}
              hint="Customers see it."
            />
          </>
        )}
        {policy !== "uncounted" && (
          <NumberField
            name="low_stock_threshold"
            label="Warn at"
            unit="available"
            optional
            value={numberText(product?.low_stock_threshold)}
            hint="Empty: never."
          />
        )}
        <NumberField
          name="most_per_order"
          label="Most in one order"
          unit="units"
          optional
          value={numberText(product?.most_per_order)}
          hint="Empty: as many as there are."
        />
      </div>
    </fieldset>
  );
}

export function productOf(values: Values, currency: string) {
  const policy = values.stock_policy as StockPolicy;
  const holds = integerOf(values, "content/quantity");
  return {
    sku: values.sku!.trim(),
    name: values.name!.trim(),
    description: values.description!,
    price: moneyOf(values, "price", currency),
    compare_at_price: values.compare_at_price?.trim() ? moneyOf(values, "compare_at_price", currency) : null,
    tax_class: values.tax_class as TaxClass,
    weight_g: integerOf(values, "weight_g") ?? null,
    barcode: values.barcode!.trim(),
    shelf: values.shelf!.trim(),
    content: holds ? { quantity: holds, unit: values["content/unit"] as "g" | "ml" | "mm" } : null,
    customs_code: values.customs_code!.trim(),
    origin_country: values.origin_country!,
    stock_policy: policy,
    beyond_limit: policy === "beyond" ? typedIn(values, "beyond_limit", (text) => readWhole(text)) : 0,
    expected_on: policy === "beyond" && values.expected_on ? values.expected_on : null,
    most_per_order: integerOf(values, "most_per_order") ?? null,
    low_stock_threshold: policy === "uncounted" ? null : (integerOf(values, "low_stock_threshold") ?? null),
    status: values.status as "active" | "hidden" | "archived",
  };
}
