import { dayOf, fullDate } from "./time";

// What the dashboard says of stock policies.

interface Policy {
  stock_policy: string;
  beyond_limit: number;
  reserved: number;
  on_hand: number;
  expected_on: string | null;
}

/** Whether stock is kept. */
export const isCounted = (product: { stock_policy: string }) => product.stock_policy !== "uncounted";

/** Of a product that is sold beyond its stock: "sold beyond: 12 of 50, expected Dec 3, 2026"; else empty. */
export function beyondText({ stock_policy, beyond_limit, reserved, on_hand, expected_on }: Policy): string {
  if (stock_policy !== "beyond") return "";
  const sold = `sold beyond: ${Math.max(0, reserved - on_hand)} of ${beyond_limit}`;
  return expected_on ? `${sold}, expected ${fullDate(dayOf(expected_on))}` : sold;
}

/** Of an order's line: "2 not in stock yet, expected Dec 3, 2026"; empty if nothing is awaited. */
export function awaitedText({ awaited, expected_on }: { awaited: number; expected_on: string | null }): string {
  if (awaited === 0) return "";
  const units = `${awaited} not in stock yet`;
  return expected_on ? `${units}, expected ${fullDate(dayOf(expected_on))}` : units;
}
