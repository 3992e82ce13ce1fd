import { expect, test } from "vitest";
import { boundsOf, type Code, daysOf, stateOf, validText } from "../../src/screens/discount-text";
import { byCountry, missingDefaults, rateText, type TaxRate, untaxedText } from "../../src/text/taxes";
import { dayAt, nextDay, startOfDay, useTimeZone } from "../../src/text/time";

const rate = (country: string, tax_class: TaxRate["tax_class"], rate_ppm: number, more: Partial<TaxRate> = {}) =>
  ({ country, region: "", tax_class, rate_ppm, from: null, ...more }) as TaxRate;

test("defaults are added only where a shop has no rate of its own, of whatever day", () => {
  const defaults = [rate("DE", "standard", 190_000), rate("DE", "reduced", 70_000), rate("FR", "standard", 200_000)];
  expect(missingDefaults(defaults, [])).toEqual(defaults);
  const own = [rate("DE", "standard", 160_000, { from: "2020-07-01" })];
  expect(missingDefaults(defaults, own)).toEqual(defaults.slice(1));
  // A region's rate is not its country's.
  expect(missingDefaults(defaults, [rate("FR", "standard", 85_000, { region: "20R" })])).toEqual(defaults);
  expect(missingDefaults(defaults, defaults)).toEqual([]);
});

test("rates are told with class, region and day, by the names of their countries", () => {
  expect(rateText(rate("DE", "reduced", 70_000))).toMatch(/^Reduced 7\s?%$/);
  expect(rateText(rate("US", "standard", 88_750, { region: "NY", from: "2026-01-01" }))).toMatch(
    /^NY, standard 8[.,]875\s?% from 2026-01-01$/,
  );
  const groups = byCountry(["DE", "AT", "DE"], (country) => country);
  expect(groups).toEqual([
    ["AT", ["AT"]],
    ["DE", ["DE", "DE"]],
  ]);
});

test("an order without tax says why", () => {
  const order = (tax_treatment: string) =>
    untaxedText({ tax_treatment, customer: { shipping_address: { country: "CH" } } } as never);
  expect(order("taxed")).toBe("");
  expect(order("export")).toContain("Switzerland");
  expect(order("untaxed")).toContain("no rate for Switzerland");
  expect(order("reverse_charge")).toContain("Reverse charge");
  expect(order("small_business")).toContain("small business");
});

test("a day of the shop begins when its clocks say so", () => {
  useTimeZone("Europe/Berlin");
  expect(startOfDay("2026-07-01")).toBe("2026-06-30T22:00:00.000Z");
  expect(startOfDay("2026-12-24")).toBe("2026-12-23T23:00:00.000Z");
  expect(startOfDay("2026-03-29")).toBe("2026-03-28T23:00:00.000Z"); // clocks change in its night
  expect(dayAt("2026-12-23T23:00:00Z")).toBe("2026-12-24");
  useTimeZone("America/Santiago");
  // Midnight is skipped: the day begins at one o'clock.
  expect(startOfDay("2026-09-06")).toBe("2026-09-06T04:00:00.000Z");
  useTimeZone("UTC");
  expect(nextDay("2026-12-31")).toBe("2027-01-01");
});

test("a code's days are the shop's, and a time within a day stays while its day does", () => {
  useTimeZone("Europe/Berlin");
  const code = {
    valid_from: "2026-11-01T08:30:00Z",
    valid_until: "2026-12-24T23:00:00Z",
    active: true,
    uses: 0,
  } as Code;
  expect(daysOf(code)).toEqual({ first: "2026-11-01", last: "2026-12-24" });
  expect(boundsOf("2026-11-01", "2026-12-31", code)).toEqual({
    valid_from: "2026-11-01T08:30:00Z",
    valid_until: "2026-12-31T23:00:00.000Z",
  });
  expect(boundsOf("", "", code)).toEqual({ valid_from: null, valid_until: null });
  expect(boundsOf("2026-12-24", "2026-12-24")).toEqual({
    valid_from: "2026-12-23T23:00:00.000Z",
    valid_until: "2026-12-24T23:00:00.000Z",
  });
  expect(validText(code)).toMatch(/24/);
  expect(stateOf(code, Date.parse("2026-10-31T00:00Z"))[0]).toBe("Not yet");
  expect(stateOf(code, Date.parse("2026-11-02T00:00Z"))[0]).toBe("On");
  expect(stateOf(code, Date.parse("2026-12-24T23:00Z"))[0]).toBe("Over");
  expect(stateOf({ ...code, most_uses: 1, uses: 1 }, Date.parse("2026-11-02T00:00Z"))[0]).toBe("Used up");
  expect(stateOf({ ...code, active: false }, Date.parse("2026-11-02T00:00Z"))[0]).toBe("Off");
  useTimeZone("UTC");
});
