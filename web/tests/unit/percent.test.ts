import { expect, test } from "vitest";
import { parsePercent, percentInput } from "../../src/text/percent";

test.each([
  ["19", 190000],
  ["8.875", 88750],
  ["8,875 %", 88750],
  ["0", 0],
  ["100", 1000000],
])("%s is %i millionths", (text, ppm) => expect(parsePercent(text)).toBe(ppm));

test.each(["", "a", "-1", "101", "1.23456"])("'%s' is no rate", (text) => expect(parsePercent(text)).toBeUndefined());

test("a rate comes back as it was typed", () => {
  expect(percentInput(88750)).toBe("8.875");
  expect(percentInput(190000)).toBe("19");
});
