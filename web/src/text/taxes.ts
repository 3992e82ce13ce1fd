import type { Answer } from "../api/client";
import { countryName } from "./countries";

export type TaxRate = Answer<"/admin/tax-rates/defaults", "get">["data"][number];
export type TaxClass = NonNullable<TaxRate["tax_class"]>;

const names: Record<TaxClass, string> = {
  standard: "Standard",
  reduced: "Reduced",
  second_reduced: "Second reduced",
  super_reduced: "Super-reduced",
  zero: "Zero",
};

/** The classes, as options of a list. */
export const taxClasses = Object.entries(names) as [TaxClass, string][];

/** A class as the API names it, in words; what is unknown as it is. */
export const taxClassName = (tax_class: string) => names[tax_class as TaxClass] ?? tax_class;

const percent = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 4 });

/** "8.875%" in the reader's language, of millionths. */
export const percentText = (ppm: number) => percent.format(ppm / 1_000_000);

/** A rate in its country: "Standard 19%", "NY, reduced 4%". */
export function rateText({ region, tax_class = "standard", rate_ppm, from }: TaxRate): string {
  const place = region ? `${region}, ${taxClassName(tax_class).toLowerCase()}` : taxClassName(tax_class);
  return `${place} ${percentText(rate_ppm)}${from ? ` from ${from}` : ""}`;
}

/** Lists with one element for each country, by its name in the reader's language. */
export function byCountry<R>(rates: readonly R[], countryOf: (rate: R) => string): [country: string, rates: R[]][] {
  const groups = new Map<string, R[]>();
  for (const rate of rates) {
    const country = countryOf(rate);
    groups.set(country, [...(groups.get(country) ?? []), rate]);
  }
  return [...groups].sort(([a], [b]) => countryName(a).localeCompare(countryName(b)));
}

/**
 * The defaults that a shop has no rate of its own for, of the same country and class: whatever it set itself is right.
 */
export function missingDefaults(defaults: readonly TaxRate[], own: readonly TaxRate[]): TaxRate[] {
  const key = ({ country, tax_class = "standard" }: TaxRate) => `${country} ${tax_class}`;
  const known = new Set(own.filter(({ region }) => !region).map(key));
  return defaults.filter((rate) => !known.has(key(rate)));
}

type Order = Answer<"/admin/orders/{id}", "get">;

/** Why an order has no tax, in words; "" if it is taxed. */
export function untaxedText(order: Pick<Order, "tax_treatment" | "customer">): string {
  const country = order.customer ? countryName(order.customer.shipping_address.country) : "the country it went to";
  switch (order.tax_treatment) {
    case "reverse_charge":
      return "Reverse charge: no tax is charged, since the buyer, a business in another member state, owes it.";
    case "export":
      return `Export: no tax is charged, since the goods leave for ${country}.`;
    case "small_business":
      return "No tax is charged: the shop is exempt as a small business.";
    case "untaxed":
      return `No tax is charged: the shop has no rate for ${country}.`;
    case "taxed":
      return "";
  }
}
