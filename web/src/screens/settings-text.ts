import type { Answer, Body } from "../api/client";
import { countryName } from "../text/countries";
import { languageName } from "../text/languages";
import { percentText, rateText, taxClassName } from "../text/taxes";

export type Settings = Answer<"/admin/settings", "get">;
export type Update = Body<"/admin/settings", "put">;
/** The props of a part of the settings. */
export type Part = { settings: Settings; save: (edit: Update) => Promise<void> };

/** The settings' names on the screen, for choosing between two edits. */
export const settingLabels: Partial<Record<keyof Settings, string>> = {
  shop_name: "Name",
  shop_address: "Address",
  time_zone: "Time zone",
  locale: "Language",
  storefront: "Shop pages",
  logo: "Logo",
  tax: "Taxes",
  reservation_minutes: "Minutes that unpaid stock is held",
  unpaid_holds: "Days that unpaid stock is held",
  guest_limits: "What customers may leave unpaid",
  staff_discount_ppm: "Discounts that staff may give",
  login_limit: "Wrong passwords",
  search_name_beginnings: "Found by beginnings of names",
  log_terms: "How long the logs are kept",
  payment_methods: "Ways to pay",
  ship_before_payment: "Shipped before it is paid",
  card_gateway: "Gateway for cards",
  stripe_publishable_key: "Stripe's publishable key",
  stripe_secret_key: "Stripe's secret key",
  stripe_webhook_secret: "Stripe's webhook signing secret",
  easypost_api_key: "EasyPost's API key",
  easypost_webhook_secret: "EasyPost's webhook secret",
  follow_typed_numbers: "Follow typed tracking numbers",
  ship_when_packed: "Shipped once it is packed",
  seller: "Seller",
  documents: "Invoices",
  mail: "E-mail",
  smtp_password: "The mail server's password",
  bank_details: "Bank details",
  allowed_origins: "Whose pages may call this shop",
};

const secrets: (keyof Settings)[] = [
  "stripe_secret_key",
  "stripe_webhook_secret",
  "easypost_api_key",
  "easypost_webhook_secret",
  "smtp_password",
];

const words = (text: string) => text.replaceAll("_", " ");

function taxText(tax: Settings["tax"]): string {
  const rates = tax.rates.map(
    (rate) => `${countryName(rate.country)} ${rateText(rate)}${rate.confirmed === false ? " (not confirmed)" : ""}`,
  );
  const delivery = tax.shipping_class
    ? `taxed as ${taxClassName(tax.shipping_class).toLowerCase()}`
    : "taxed as its goods";
  return [
    ...rates,
    tax.prices_include_tax ? "in the prices" : "on top of the prices",
    tax.prices_include_tax && (tax.untaxed_prices === "same" ? "the same price where untaxed" : "net where untaxed"),
    `delivery ${tax.shipping_taxed ? delivery : "not taxed"}`,
    tax.small_business && `exempt: ${tax.small_business}`,
  ]
    .filter(Boolean)
    .join(", ");
}

/** A setting's value as a line of text. A secret is never shown, not even to whoever typed it. */
export function settingText(field: keyof Settings, value: unknown): string {
  if (secrets.includes(field)) {
    if (typeof value === "string") return "a new one";
    return value !== null && (value as { set: boolean }).set ? "the one that is set" : "none";
  }
  if (value === null || value === "") return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (field === "locale") return languageName(String(value));
  if (field === "staff_discount_ppm") return percentText(value as number);
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return value.join(", ") || "none";
  if (field === "tax") {
    return taxText(value as Settings["tax"]);
  }
  const parts = Object.entries(value).map(([name, part]) =>
    typeof part === "boolean"
      ? part
        ? words(name)
        : ""
      : typeof part === "number"
        ? `${words(name)} ${part}`
        : String(part ?? ""),
  );
  return parts.filter(Boolean).join(", ") || "none";
}
