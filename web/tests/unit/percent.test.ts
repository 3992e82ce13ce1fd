import { expect, test } from "vitest";
import { percentInput, readPercent } from "../../src/text/percent";

test.each([
  ["19", "en-GB", 190000],
  ["8.875", "en-GB", 88750],
  ["8.875", "de-DE", 88750],
  ["8,875 %", "en-GB", 88750],
  ["1.000", "en-GB", 10000],
  ["0", "en-GB", 0],
  ["-0", "en-GB", 0],
  ["100", "en-GB", 1000000],
])("S1: %s in %s is %i millionths", (text, locale, ppm) => expect(readPercent(text, locale)).toBe(ppm));

test.each(["", "a", "-1", "+1", "101", "1.23456", "1e1", "1,000,000", "%"])("S1: '%s' is not a rate", (text) =>
  expect(() => readPercent(text, "en-GB")).toThrow(),
);

test("a rate comes back as it was typed, in the reader's way of writing", () => {
  expect(percentInput(88750, "en-GB")).toBe("8.875");
  expect(percentInput(88750, "de-DE")).toBe("8,875");
  expect(percentInput(190000, "de-DE")).toBe("19");
  for (const locale of ["en-GB", "de-DE"]) expect(readPercent(percentInput(88751, locale), locale)).toBe(88751);
});
