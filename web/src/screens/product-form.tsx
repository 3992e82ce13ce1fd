import { useSession } from "../session";
import { moneyInput } from "../text/money";
import { type TaxClass, taxClasses } from "../text/taxes";
import { integerOf, MoneyField, moneyOf, NumberField, SelectField, TextArea, TextField, type Values } from "../ui/form";
import type { Product } from "./inventory-edit";

/** The fields that a new product and an edited one share. */
export function ProductFields({ product }: { product?: Product }) {
  const { currency } = useSession().shop;
  return (
    <>
      <TextField name="name" label="Name" value={product?.name ?? ""} maxLength={200} required />
      <div class="fields">
        <TextField
          name="sku"
          label="SKU"
          value={product?.sku ?? ""}
          maxLength={100}
          required
          hint="Your own number for it; no two products share one."
        />
        <MoneyField name="price" label="Price" required value={product ? moneyInput(product.price, currency) : ""} />
      </div>
      <SelectField
        name="tax_class"
        label="Tax class"
        value={product?.tax_class ?? "standard"}
        options={taxClasses}
        hint="Which of a country's rates it has. Where a country has none for the class, it is that of the class before it."
      />
      <TextArea
        name="description"
        label="Description"
        optional
        value={product?.description ?? ""}
        rows={6}
        maxLength={20_000}
      />
      <div class="fields">
        <NumberField
          name="weight_g"
          label="Weight"
          unit="g"
          optional
          value={product?.weight_g ? String(product.weight_g) : ""}
          hint="With its packing: it goes on the label. Empty: unknown."
        />
        <NumberField
          name="low_stock_threshold"
          label="Warn at"
          unit="available"
          optional
          value={product?.low_stock_threshold === null || !product ? "" : String(product.low_stock_threshold)}
          hint="Empty: never."
        />
      </div>
    </>
  );
}

export function productOf(values: Values, currency: string) {
  return {
    sku: values.sku!.trim(),
    name: values.name!.trim(),
    description: values.description!,
    price: moneyOf(values, "price", currency),
    tax_class: values.tax_class as TaxClass,
    weight_g: integerOf(values, "weight_g") ?? null,
    low_stock_threshold: integerOf(values, "low_stock_threshold") ?? null,
  };
}
