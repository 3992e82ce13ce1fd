/**
 * Reads every number that a person types. `Number(text)` cannot: it accepts "1e3", and reads "1.000" as 1
 * if a German means 1000. Ambiguous input is refused, with a hint: a wrong figure costs more than a
 * second try.
 */

/** The input is not a number here; the message gives a valid example. */
export class Unreadable extends Error {}

interface Signs {
  decimal: string;
  group: string;
  /** Whether there are groups of two before the last three, as in 1,00,000. */
  byTwo: boolean;
  digits: Map<string, string>;
}

const known = new Map<string, Signs>();

/** How the reader's locale writes numbers. */
function signsOf(locale?: string): Signs {
  const key = locale ?? "";
  let signs = known.get(key);
  if (!signs) {
    const format = new Intl.NumberFormat(locale);
    const parts = format.formatToParts(12345678.5);
    const plain = new Intl.NumberFormat(locale, { useGrouping: false });
    signs = {
      decimal: parts.find(({ type }) => type === "decimal")?.value ?? ".",
      group: parts.find(({ type }) => type === "group")?.value ?? "",
      byTwo: parts.filter(({ type }) => type === "integer")[1]?.value.length === 2,
      digits: new Map(Array.from({ length: 10 }, (_, digit) => [plain.format(digit), String(digit)])),
    };
    known.set(key, signs);
  }
  return signs;
}

/** The decimal sign of the reader's locale. */
export const decimalSign = (locale?: string) => (signsOf(locale).decimal === "," ? "," : ".");

/** A typed number: its sign, and its size in units of the last of `digits` decimals. */
interface Typed {
  sign: "" | "+" | "-";
  units: number;
}

const spaces = /[\s'’\u066c]/; // groups thousands in some country, and means nothing else

/** Maps a full-width character of Chinese and Japanese keyboards to ASCII. */
const narrow = (char: string) =>
  char >= "\uff01" && char <= "\uff5e" ? String.fromCharCode(char.charCodeAt(0) - 0xfee0) : char;

/** The digits without grouping, or undefined if the groups are invalid: "1.000" is valid, "1.00" is not. */
function ungrouped(text: string, separator: string, byTwo: boolean): string | undefined {
  const groups = text.split(separator);
  const [first = "", ...others] = groups;
  const last = others.at(-1);
  const inner = others.slice(0, -1);
  const size = (group: string, wanted: number) => group.length === wanted && /^\d+$/.test(group);
  const threes = inner.every((group) => size(group, 3)) && /^\d{1,3}$/.test(first);
  const twos = byTwo && inner.every((group) => size(group, 2)) && /^\d{1,2}$/.test(first);
  return last !== undefined && size(last, 3) && (threes || twos) ? groups.join("") : undefined;
}

/** The typed text with ASCII digits, and one character for each kind of separator: "," "." and " ". */
function tidied(text: string, locale?: string): string {
  const { digits, decimal, group } = signsOf(locale);
  return [...text.trim()]
    .map(narrow)
    .map((char) => {
      if (digits.has(char)) return digits.get(char)!;
      if (char === "−" || char === "–") return "-";
      if (char === "٫" || (char === decimal && !/[.,]/.test(decimal))) return decimal === "," ? "," : ".";
      if (spaces.test(char) || (char === group && !/[.,]/.test(group))) return " ";
      return char;
    })
    .join("");
}

/**
 * Splits "1.234,5" into "1234" and "5".
 *
 * @param digits how many decimals there may be
 * @param grouped whether it can be so large that thousands are grouped
 * @throws Unreadable if it could mean two numbers
 */
function split(
  body: string,
  digits: number,
  grouped: boolean,
  locale?: string,
): [whole: string, fraction: string] | undefined {
  const { group, byTwo } = signsOf(locale);
  if (body.includes(" ")) {
    // "1 000,50": spaces group the part before the decimals.
    const end = body.search(/[.,]/);
    const whole = ungrouped(end < 0 ? body : body.slice(0, end), " ", byTwo);
    return whole === undefined ? undefined : [whole, end < 0 ? "" : body.slice(end + 1)];
  }
  const kinds = new Set(body.match(/[.,]/g));
  if (kinds.size === 0) return [body, ""];
  if (kinds.size === 2) {
    // The one that comes last is the decimal sign, and stands there once.
    const [last, other] = body.lastIndexOf(".") > body.lastIndexOf(",") ? [".", ","] : [",", "."];
    const at = body.lastIndexOf(last!);
    const whole = ungrouped(body.slice(0, at), other!, byTwo);
    return whole === undefined ? undefined : [whole, body.slice(at + 1)];
  }
  const [separator = ""] = kinds;
  const [first = "", after = "", ...more] = body.split(separator);
  const whole = ungrouped(body, separator, byTwo);
  if (more.length > 0) return whole === undefined ? undefined : [whole, ""];
  if (!grouped || whole === undefined || first.startsWith("0")) return [first || "0", after];
  // One separator followed by three digits may be thousands in one country, and decimals in another.
  if (separator === group && digits < 3) return [whole, ""];
  if (separator === decimalSign(locale) && digits >= 3) return [first, after];
  const few = digits === 0 ? first : first + decimalSign(locale) + after.slice(0, digits);
  const same = /^0*$/.test(after.slice(digits));
  throw new Unreadable(
    `“${body}” can be read in two ways: type ${same ? `${whole} or ${few}` : `${whole} if it is that`}.`,
  );
}

/**
 * A number that a person typed.
 *
 * @param digits how many decimals it may have; the answer counts units of the last of them
 * @param grouped whether it can be so large that thousands are grouped
 * @param example what the error names as valid
 * @throws Unreadable
 */
export function readNumber(
  text: string,
  {
    digits = 0,
    grouped = true,
    example = "24",
    locale,
  }: { digits?: number; grouped?: boolean; example?: string; locale?: string | undefined } = {},
): Typed {
  const wanted = digits === 0 ? `Enter a whole number, such as ${example}.` : `Enter a number, such as ${example}.`;
  const [, sign = "", body = ""] = /^([+-]?) *(.*)$/.exec(tidied(text, locale)) ?? [];
  if (!/^\d/.test(body) && !/^[.,]\d/.test(body)) throw new Unreadable(wanted);
  const parts = /^[\d., ]+$/.test(body) ? split(body, digits, grouped, locale) : undefined;
  if (!parts) throw new Unreadable(wanted);
  const [whole, fraction] = parts;
  if (!/^\d+$/.test(whole) || !/^\d*$/.test(fraction)) throw new Unreadable(wanted);
  if (fraction.length > digits) {
    throw new Unreadable(
      digits === 0 ? wanted : `It has at most ${digits === 1 ? "one decimal" : `${digits} decimals`}.`,
    );
  }
  const units = Number(whole + fraction.padEnd(digits, "0"));
  if (!Number.isSafeInteger(units)) throw new Unreadable("That number is too large.");
  return { sign: sign as Typed["sign"], units };
}

/** Refuses a "+" where it means nothing: over a stock it adds, so elsewhere it must not be read as a new value. */
export function unsigned({ sign, units }: Typed): number {
  if (sign === "+") throw new Unreadable("Enter it without the “+”.");
  return sign === "-" && units > 0 ? -units : units;
}

/** A whole number: units, minutes, grams. `signed`: a "+" may come before it. @throws Unreadable */
export function readWhole(
  text: string,
  {
    least = 0,
    most = Infinity,
    signed = false,
    locale,
  }: { least?: number; most?: number; signed?: boolean; locale?: string } = {},
): number {
  const typed = readNumber(text, { locale });
  const value = unsigned(signed && typed.sign === "+" ? { ...typed, sign: "" } : typed);
  const shown = (limit: number) => new Intl.NumberFormat(locale).format(limit);
  if (value < least) throw new Unreadable(`It is ${shown(least)} or more.`);
  if (value > most) throw new Unreadable(`It is ${shown(most)} at most.`);
  return value;
}

/** Parses an edit of the stock: "89" sets it, "+24" adds to it, "-3" removes from it. */
export type StockChange = { set: number } | { adjust: number };

/** @throws Unreadable */
export function readStock(text: string, locale?: string): StockChange {
  const { sign, units } = readNumber(text, { locale });
  return sign === "" ? { set: units } : { adjust: sign === "-" && units > 0 ? -units : units };
}
