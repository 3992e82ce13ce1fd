import { decimalSign, readNumber, Unreadable, unsigned } from "./number";

/** orderd stores money as a whole number of minor units (cents, yen); these functions convert it to text and back. */

const digitsOf = new Map<string, number>();

/** How many decimals a currency has: 2 for EUR, 0 for JPY, 3 for KWD. */
export function currencyDigits(currency: string): number {
  let digits = digitsOf.get(currency);
  if (digits === undefined) {
    digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
    digitsOf.set(currency, digits);
  }
  return digits;
}

const formats = new Map<string, Intl.NumberFormat>();

/** `1999, "EUR"` as the reader's locale writes it. */
export function money(minor: number, currency: string, locale?: string): string {
  const key = `${locale ?? ""} ${currency}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: "currency", currency });
    formats.set(key, format);
  }
  return format.format(minor / 10 ** currencyDigits(currency));
}

/** A round amount in short form, for an axis: "€1.2K". */
export function moneyRound(minor: number, currency: string, locale?: string): string {
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    notation: "compact",
    maximumFractionDigits: 1,
    minimumFractionDigits: 0,
  }).format(minor / 10 ** currencyDigits(currency));
}

/** For a text field: `1999` as "19.99" or "19,99", with the decimal sign that prices are shown with, and no grouping. */
export function moneyInput(minor: number, currency: string, locale?: string): string {
  const digits = currencyDigits(currency);
  return (minor / 10 ** digits).toFixed(digits).replace(".", decimalSign(locale));
}

/** The text without the currency's own sign or code, at either end. */
function withoutSign(text: string, currency: string, locale?: string): string {
  const format = (currencyDisplay: "symbol" | "narrowSymbol") =>
    new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay })
      .formatToParts(0)
      .find(({ type }) => type === "currency")?.value ?? "";
  const trimmed = text.trim();
  for (const sign of [currency, currency.toLowerCase(), format("symbol"), format("narrowSymbol")].filter(Boolean)) {
    if (trimmed.startsWith(sign)) return trimmed.slice(sign.length);
    if (trimmed.endsWith(sign)) return trimmed.slice(0, -sign.length);
  }
  return trimmed;
}

/**
 * What a person typed, as minor units of a currency.
 *
 * @throws Unreadable if it is not an amount of that currency, within the bounds
 */
export function readMoney(
  text: string,
  currency: string,
  { least = 0, most = Infinity, locale }: { least?: number; most?: number; locale?: string } = {},
): number {
  const digits = currencyDigits(currency);
  const example = `${(19.5).toFixed(digits).replace(".", decimalSign(locale))} in ${currency}`;
  const minor = unsigned(readNumber(withoutSign(text, currency, locale), { digits, example, locale }));
  if (minor < least) throw new Unreadable(`It is ${money(least, currency, locale)} at least.`);
  if (minor > most) throw new Unreadable(`It is ${money(most, currency, locale)} at most.`);
  return minor;
}
