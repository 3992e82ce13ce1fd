import { describe, expect, test } from "vitest";
import { money, moneyInput, parseMoney } from "../../src/text/money";

describe("money is shown with the currency's own decimals", () => {
  test.each([
    [1999, "EUR", "€19.99"],
    [5, "EUR", "€0.05"],
    [1999, "JPY", "¥1,999"],
    [1999, "KWD", "KWD 1.999"],
  ])("%i %s is %s", (minor, currency, shown) => {
    expect(money(minor, currency, "en").replace("\u00a0", " ")).toBe(shown);
  });
  test("a text field has neither sign nor grouping", () => {
    expect(moneyInput(123456, "EUR")).toBe("1234.56");
    expect(moneyInput(1999, "JPY")).toBe("1999");
  });
});

describe("an amount is read as people of different countries type it", () => {
  test.each([
    ["19.99", "EUR", 1999],
    ["19,99", "EUR", 1999],
    ["1.234,56", "EUR", 123456],
    ["1,234.56", "EUR", 123456],
    ["1 234,5", "EUR", 123450],
    ["1'234.50", "CHF", 123450],
    ["1.234", "EUR", 123400],
    ["1,234,567", "EUR", 123456700],
    ["12", "EUR", 1200],
    ["12.", "EUR", 1200],
    ["1.999", "KWD", 1999],
    ["1,999", "JPY", 1999],
  ])("%s %s is %i", (text, currency, minor) => {
    expect(parseMoney(text, currency)).toBe(minor);
  });
  test.each([
    ["", "EUR"],
    ["abc", "EUR"],
    ["-5", "EUR"],
    ["1.2345", "EUR"],
    ["12,34.5", "EUR"],
    ["1.5", "JPY"],
    ["99999999999999999", "EUR"],
  ])("'%s' is no amount of %s", (text, currency) => {
    expect(parseMoney(text, currency)).toBeUndefined();
  });
});

test("a field has the decimal sign that prices are shown with", () => {
  expect(moneyInput(8000, "EUR", "de-DE")).toBe("80,00");
  expect(moneyInput(8000, "EUR", "en-GB")).toBe("80.00");
});
