import { countryName } from "../text/countries";
import { money } from "../text/money";
import { taxClassName } from "../text/taxes";
import { calendarDate, dayOf } from "../text/time";
import { statusLabel } from "../ui/status";

// What a product's fields are called, and how their values are shown: in the form, in imports and in bulk edits.

export type StockPolicy = "counted" | "uncounted" | "beyond";

export const stockPolicies: [StockPolicy, string][] = [
  ["counted", "As far as there is stock"],
  ["beyond", "Beyond the stock, up to a limit"],
  ["uncounted", "Not counted: any number"],
];

export const contentUnits: ["g" | "ml" | "mm", string][] = [
  ["g", "grams"],
  ["ml", "millilitres"],
  ["mm", "millimetres"],
];

const names: Record<string, string> = {
  sku: "SKU",
  on_hand: "On hand",
  quantity: "On hand",
  compare_at_price: "Reduced from",
  low_stock_threshold: "Warn at",
  weight_g: "Weight in grams",
  tax_class: "Tax class",
  customs_code: "Customs code",
  origin_country: "Made in",
  stock_policy: "How it is sold",
  beyond_limit: "Beyond the stock",
  expected_on: "More comes on",
  most_per_order: "Most in one order",
  group: "Variant of",
  group_name: "Name of its group",
  group_description: "Description of its group",
};

/** "Reduced from", of compare_at_price. */
export const fieldName = (field: string) => names[field] ?? field.charAt(0).toUpperCase() + field.slice(1);

type Content = { quantity: number; unit: string };

/** A field's value as a person reads it. */
export function fieldText(field: string, value: unknown, currency: string): string {
  if (value === null || value === undefined || value === "") return "none";
  if (Array.isArray(value)) return value.length > 0 ? value.filter(Boolean).join(", ") : "none";
  if (field.endsWith("price")) return money(value as number, currency);
  if (field === "tax_class") return taxClassName(String(value)).toLowerCase();
  if (field === "status") return statusLabel("product", String(value));
  if (field === "stock_policy") return stockPolicies.find(([policy]) => policy === value)?.[1] ?? String(value);
  if (field === "origin_country") return countryName(String(value));
  if (field === "expected_on") return calendarDate(dayOf(String(value)));
  if (field === "content") return `${(value as Content).quantity} ${(value as Content).unit}`;
  return String(value).slice(0, 80);
}
