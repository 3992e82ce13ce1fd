import { expect, test } from "vitest";
import { awaitedText, beyondText, isCounted } from "../../src/text/stock";

const product = { stock_policy: "beyond", beyond_limit: 50, on_hand: 8, reserved: 20, expected_on: "2026-12-03" };

test.each([
  [product, /^sold beyond: 12 of 50, expected .*3/],
  [{ ...product, expected_on: null }, /^sold beyond: 12 of 50$/],
  [{ ...product, reserved: 2 }, /^sold beyond: 0 of 50, expected/],
  [{ ...product, stock_policy: "counted" }, /^$/],
])("what is sold beyond the stock of %o", (of, text) => expect(beyondText(of)).toMatch(text));

test("what an order's line waits for", () => {
  expect(awaitedText({ awaited: 0, expected_on: "2026-12-03" })).toBe("");
  expect(awaitedText({ awaited: 2, expected_on: null })).toBe("2 not in stock yet");
  expect(awaitedText({ awaited: 2, expected_on: "2026-12-03" })).toMatch(/^2 not in stock yet, expected .*3/);
});

test("stock is counted, or it is not", () => {
  expect(isCounted(product)).toBe(true);
  expect(isCounted({ stock_policy: "uncounted" })).toBe(false);
});
