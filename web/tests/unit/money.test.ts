import { describe, expect, test } from "vitest";
import { money, moneyInput, readMoney } from "../../src/text/money";
import { Unreadable } from "../../src/text/number";

/** The amount, or why it is none. */
function read(
  text: string,
  currency: string,
  locale: string,
  bounds: { least?: number; most?: number } = {},
): number | string {
  try {
    return readMoney(text, currency, { ...bounds, locale });
  } catch (error) {
    expect(error).toBeInstanceOf(Unreadable);
    return (error as Error).message;
  }
}

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

describe("S1: an amount is read as people of different countries type it", () => {
  test.each([
    ["19.99", "EUR", "en-GB", 1999],
    ["19,99", "EUR", "en-GB", 1999],
    ["19.99", "EUR", "de-DE", 1999],
    ["19,9", "EUR", "de-DE", 1990],
    ["1.234,56", "EUR", "en-GB", 123456],
    ["1,234.56", "EUR", "de-DE", 123456],
    ["1 234,5", "EUR", "fr-FR", 123450],
    ["1'234.50", "CHF", "de-CH", 123450],
    ["1,234", "EUR", "en-GB", 123400],
    ["1.234", "EUR", "de-DE", 123400],
    ["1,234,567", "EUR", "de-DE", 123456700],
    ["0,500", "KWD", "de-DE", 500],
    ["12", "EUR", "en-GB", 1200],
    ["12.", "EUR", "en-GB", 1200],
    [".50", "EUR", "en-GB", 50],
    ["€19.99", "EUR", "en-GB", 1999],
    ["19,99 €", "EUR", "de-DE", 1999],
    ["EUR 19.99", "EUR", "en-GB", 1999],
    ["1.999", "KWD", "en-GB", 1999],
    ["1,999", "KWD", "de-DE", 1999],
    ["1,999", "JPY", "en-GB", 1999],
    ["-5", "EUR", "en-GB", "It is €0.00 at least."],
  ])("%s %s in %s is %s", (text, currency, locale, minor) => {
    expect(read(text, currency, locale)).toBe(minor);
  });
  test.each([
    ["1.234", "EUR", "en-GB"],
    ["1.000", "EUR", "en-GB"],
    ["1,000", "EUR", "de-DE"],
    ["1.999", "KWD", "de-DE"],
    ["1.999", "JPY", "en-GB"],
  ])("%s %s in %s can be read in two ways, and is not", (text, currency, locale) => {
    expect(read(text, currency, locale)).toContain("can be read in two ways");
  });
  test.each([
    ["", "EUR"],
    ["abc", "EUR"],
    ["1e3", "EUR"],
    ["+5", "EUR"],
    ["1.2345", "EUR"],
    ["12,34.5", "EUR"],
    ["1.5", "JPY"],
    ["$5", "EUR"],
    ["5 %", "EUR"],
    ["99999999999999999", "EUR"],
  ])("'%s' is not an amount of %s", (text, currency) => {
    expect(read(text, currency, "en-GB")).toEqual(expect.any(String));
  });
  test("bounds are said", () => {
    expect(read("0", "EUR", "en-GB", { least: 1 })).toBe("It is €0.01 at least.");
    expect(read("20.01", "EUR", "en-GB", { most: 2000 })).toBe("It is €20.00 at most.");
    expect(read("20.00", "EUR", "en-GB", { most: 2000 })).toBe(2000);
  });
  test("what a field is filled with is read as what it was", () => {
    for (const locale of ["en-GB", "de-DE", "fr-FR", "de-CH", "sv-SE", "en-IN", "ar-EG"]) {
      for (const currency of ["EUR", "JPY", "KWD"]) {
        for (const minor of [0, 5, 999, 1000, 123456, 1000000, 99999999]) {
          expect(read(moneyInput(minor, currency, locale), currency, locale), `${minor} ${currency} ${locale}`).toBe(
            minor,
          );
        }
      }
    }
  });
});

test("a field has the decimal sign that prices are shown with", () => {
  expect(moneyInput(8000, "EUR", "de-DE")).toBe("80,00");
  expect(moneyInput(8000, "EUR", "en-GB")).toBe("80.00");
});
