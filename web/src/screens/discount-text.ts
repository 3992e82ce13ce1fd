import type { Answer, Body } from "../api/client";
import { money } from "../text/money";
import { percentText } from "../text/taxes";
import { dateOnly, dayAt, nextDay, startOfDay } from "../text/time";

// Discount codes in words, and the days that they hold.

export type Code = Answer<"/admin/discount-codes/{id}", "get">;
/** All rules of a code: an edit replaces them. */
export type Rules = Required<Body<"/admin/discount-codes/{id}", "put">>;

export const kinds = [
  ["percent", "A percentage"],
  ["amount", "An amount"],
  ["free_delivery", "Free delivery"],
] as const;

/** The rules of a code as a request has them. */
export const rulesOf = (code: Code): Rules => ({
  code: code.code,
  kind: code.kind,
  rate_ppm: code.rate_ppm ?? 0,
  amount: code.amount ?? 0,
  minimum: code.minimum ?? 0,
  valid_from: code.valid_from ?? null,
  valid_until: code.valid_until ?? null,
  most_uses: code.most_uses ?? null,
  most_uses_of_one: code.most_uses_of_one ?? null,
  products: code.products ?? [],
  active: code.active ?? true,
});

/** What a code takes off: "10% off", "€5.00 off". */
export function offText({ kind, rate_ppm = 0, amount = 0 }: Code, currency: string): string {
  if (kind === "percent") return `${percentText(rate_ppm)} off`;
  return kind === "amount" ? `${money(amount, currency)} off` : "Free delivery";
}

/** For which orders a code is, in words; "" for all. */
export function forText({ minimum = 0, products = [] }: Code, currency: string): string {
  const parts = [
    products.length > 0 && (products.length === 1 ? "1 product" : `${products.length} products`),
    minimum > 0 && `from ${money(minimum, currency)}`,
  ];
  return parts.filter(Boolean).join(", ");
}

/** "3 of 100", "3". */
export const usesText = ({ uses, most_uses }: Code) => (most_uses ? `${uses} of ${most_uses}` : String(uses));

const day = (at: string) => dateOnly(at);
/** The last day on which a code holds that ends at this time. */
const lastMoment = (until: string) => new Date(new Date(until).getTime() - 1).toISOString();

/** When a code holds: "until 24 Dec 2026". */
export function validText({ valid_from: from, valid_until: until }: Code): string {
  if (from && until) return `${day(from)} to ${day(lastMoment(until))}`;
  if (from) return `from ${day(from)}`;
  return until ? `until ${day(lastMoment(until))}` : "always";
}

/** The days for a form's date fields; "" where there is no bound. */
export const daysOf = (code?: Code) => ({
  first: code?.valid_from ? dayAt(code.valid_from) : "",
  last: code?.valid_until ? dayAt(lastMoment(code.valid_until)) : "",
});

/** The times of typed days. A bound whose day stays is the time that it was, which may be within its day. */
export function boundsOf(first: string, last: string, before?: Code): Pick<Rules, "valid_from" | "valid_until"> {
  const was = daysOf(before);
  return {
    valid_from: first === was.first ? (before?.valid_from ?? null) : first ? startOfDay(first) : null,
    valid_until: last === was.last ? (before?.valid_until ?? null) : last ? startOfDay(nextDay(last)) : null,
  };
}

type State = readonly [label: string, tone: "good" | "warn" | "", fill: "full" | "half" | ""];

/** Whether customers can use a code now. */
export function stateOf(code: Code, now = Date.now()): State {
  if (code.active === false) return ["Off", "", ""];
  if (code.valid_until && Date.parse(code.valid_until) <= now) return ["Over", "", ""];
  if (code.most_uses && code.uses >= code.most_uses) return ["Used up", "warn", "full"];
  if (code.valid_from && Date.parse(code.valid_from) > now) return ["Not yet", "warn", "half"];
  return ["On", "good", "full"];
}
