/** Money is a whole number of minor units (cents, yen) in all of orderd; these two turn it into text and back. */

const digitsOf = new Map<string, number>();

/** How many decimals a currency has: 2 for EUR, 0 for JPY, 3 for KWD. */
export function currencyDigits(currency: string): number {
  let digits = digitsOf.get(currency);
  if (digits === undefined) {
    digits =
      new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
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

/** A round sum, short, as an axis shows it: "€1.2K". */
export function moneyRound(minor: number, currency: string, locale?: string): string {
  return new Intl.NumberFormat(locale, { style: "currency", currency, notation: "compact", maximumFractionDigits: 1, minimumFractionDigits: 0 }).format(
    minor / 10 ** currencyDigits(currency),
  );
}

/** For a text field: `1999` as "19.99" or "19,99", with the decimal sign that prices are shown with, and no grouping. */
export function moneyInput(minor: number, currency: string, locale?: string): string {
  const digits = currencyDigits(currency);
  const sign = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === "decimal")?.value ?? ".";
  return (minor / 10 ** digits).toFixed(digits).replace(".", sign === "," ? "," : ".");
}

/**
 * What a person typed, as minor units; undefined where it is no amount of that currency. A point or a comma is the
 * decimal sign, whichever comes last; the other one, spaces and apostrophes group thousands.
 */
export function parseMoney(text: string, currency: string): number | undefined {
  const digits = currencyDigits(currency);
  const compact = text.replace(/[\s'’]/g, "");
  const decimal = Math.max(compact.lastIndexOf("."), compact.lastIndexOf(","));
  let whole = compact;
  let fraction = "";
  if (decimal >= 0) {
    const after = compact.length - decimal - 1;
    const sign = compact[decimal]!;
    const repeated = compact.indexOf(sign) !== decimal;
    const groups = repeated || (after === 3 && digits !== 3) || digits === 0;
    if (!groups) {
      whole = compact.slice(0, decimal);
      fraction = compact.slice(decimal + 1);
    }
  }
  if (/[.,]/.test(whole)) {
    if (!/^\d{1,3}([.,]\d{3})+$/.test(whole)) return undefined;
    whole = whole.replace(/[.,]/g, "");
  }
  if (!/^\d+$/.test(whole) || !/^\d*$/.test(fraction) || fraction.length > digits) return undefined;
  const minor = Number(whole) * 10 ** digits + Number(fraction.padEnd(digits, "0") || "0");
  return Number.isSafeInteger(minor) ? minor : undefined;
}
