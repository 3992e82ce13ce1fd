import { describe, expect, test } from "vitest";
import { readStock, readWhole, Unreadable } from "../../src/text/number";

const refused = (read: () => unknown): string => {
  try {
    return `read as ${JSON.stringify(read())}`;
  } catch (error) {
    expect(error).toBeInstanceOf(Unreadable);
    return (error as Error).message;
  }
};

describe("S1: a whole number is read in the reader's way of writing, or refused", () => {
  test.each([
    ["24", "en-GB", 24],
    [" 24 ", "en-GB", 24],
    ["007", "en-GB", 7],
    ["0", "en-GB", 0],
    ["1,000", "en-GB", 1000],
    ["1.000", "de-DE", 1000],
    ["1.000.000", "de-DE", 1_000_000],
    ["1.000.000", "en-GB", 1_000_000], // two of them can only group
    ["12,345,678", "en-US", 12_345_678],
    ["1 000", "fr-FR", 1000],
    ["1\u202f000", "fr-FR", 1000],
    ["1\u00a0000", "en-GB", 1000],
    ["1’000", "de-CH", 1000],
    ["1'000", "de-CH", 1000],
    ["1,00,000", "en-IN", 100_000],
    ["１０", "ja-JP", 10],
    ["٢٤", "ar-EG-u-nu-arab", 24],
  ])("%s in %s is %i", (text, locale, value) => {
    expect(readWhole(text, { locale })).toBe(value);
  });
  test.each([
    ["1.000", "en-GB"], // one, or a German's thousand
    ["1,000", "de-DE"],
    ["1.000", "fr-FR"],
    ["1,000", "de-CH"],
    ["12.500", "en-US"],
  ])("%s in %s can be read in two ways, and is not", (text, locale) => {
    expect(refused(() => readWhole(text, { locale }))).toContain("can be read in two ways");
  });
  test("what is ambiguous says how to type it", () => {
    expect(refused(() => readWhole("1.000", { locale: "en-GB" }))).toBe(
      "“1.000” can be read in two ways: type 1000 or 1.",
    );
    expect(refused(() => readWhole("12.500", { locale: "en-GB" }))).toBe(
      "“12.500” can be read in two ways: type 12500 if it is that.",
    );
  });
  test.each([
    "",
    " ",
    "1e3",
    "1E3",
    "0x10",
    "0b1",
    "Infinity",
    "NaN",
    "one",
    "1_000",
    "1 2",
    "1 00",
    "10 00",
    "1,00",
    "1.5",
    "1,5",
    ".5",
    "1.0",
    "1..000",
    "1.000,5",
    "1,0000",
    "1.00.000",
    "--3",
    "+-3",
    "3-",
    "+",
    "-",
    ".",
    ",",
    "5²",
    "½",
    "1/2",
    "2+2",
    "12 345 6",
    "9007199254740993",
    "99999999999999999999",
    "٢٤",
  ])("'%s' is not a whole number", (text) => {
    expect(refused(() => readWhole(text, { locale: "en-GB" }))).toMatch(/^Enter|too large/);
  });
  test.each(["1,00,000", "10,00,000"])("'%s' groups as nobody does where thousands are three", (text) => {
    expect(refused(() => readWhole(text, { locale: "en-GB" }))).toMatch(/^Enter/);
  });
  test("bounds are said", () => {
    expect(refused(() => readWhole("-1", { locale: "en-GB" }))).toBe("It is 0 or more.");
    expect(refused(() => readWhole("0", { least: 1, locale: "en-GB" }))).toBe("It is 1 or more.");
    expect(refused(() => readWhole("70000", { most: 65_535, locale: "en-GB" }))).toBe("It is 65,535 at most.");
    expect(readWhole("65535", { most: 65_535, locale: "en-GB" })).toBe(65_535);
    expect(readWhole("-3", { least: -Infinity, locale: "en-GB" })).toBe(-3);
    expect(readWhole("−3", { least: -Infinity, locale: "en-GB" })).toBe(-3);
    expect(Object.is(readWhole("-0", { locale: "en-GB" }), 0)).toBe(true);
  });
  test("a plus, which adds elsewhere, is not read over", () => {
    expect(refused(() => readWhole("+5", { locale: "en-GB" }))).toContain("without the “+”");
    expect(readWhole("+5", { signed: true, locale: "en-GB" })).toBe(5);
  });
});

describe("S1: over a stock, a sign adds and takes off", () => {
  test.each([
    ["89", { set: 89 }],
    ["0", { set: 0 }],
    ["+24", { adjust: 24 }],
    ["+ 24", { adjust: 24 }],
    ["-3", { adjust: -3 }],
    ["−3", { adjust: -3 }],
    ["–3", { adjust: -3 }],
    ["＋3", { adjust: 3 }],
    ["+1,000", { adjust: 1000 }],
    ["+0", { adjust: 0 }],
  ])("%s", (text, change) => expect(readStock(text, "en-GB")).toEqual(change));
  test.each(["", "1e3", "1.000", "+1.000", "+", "24+", "+-2", "24 units", "=24"])("'%s' is refused", (text) => {
    expect(refused(() => readStock(text, "en-GB"))).not.toMatch(/^read as/);
  });
  test("1.000 is a thousand to a German", () => {
    expect(readStock("1.000", "de-DE")).toEqual({ set: 1000 });
    expect(readStock("+1.000", "de-DE")).toEqual({ adjust: 1000 });
  });
});
