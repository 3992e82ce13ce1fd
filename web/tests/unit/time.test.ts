import { afterEach, expect, test } from "vitest";
import {
  calendarDate,
  dateOnly,
  dateTime,
  dayOf,
  exactTime,
  fromNow,
  monthLater,
  monthName,
  monthNow,
  useTimeZone,
} from "../../src/text/time";
import { browserZone, timeZones } from "../../src/text/time-zones";

const english = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });
const now = Date.parse("2026-03-01T12:00:00Z");

test.each([
  ["2026-03-01T11:59:50Z", "now"],
  ["2026-03-01T11:55:00Z", "5 min. ago"],
  ["2026-03-01T14:00:00Z", "in 2 hr."],
  ["2026-02-28T12:00:00Z", "yesterday"],
  ["2025-11-01T12:00:00Z", "4 mo. ago"],
  ["2024-03-01T12:00:00Z", "2 yr. ago"],
])("%s is %s", (at, words) => expect(fromNow(at, now, english)).toBe(words));

afterEach(() => useTimeZone("UTC"));

test("M10: times and days are those of the shop's time zone, wherever the reader is", () => {
  useTimeZone("Europe/Berlin");
  expect(dateOnly("2026-11-25T23:40:00Z")).toContain("26");
  expect(dateTime("2020-11-25T23:40:00Z")).toContain("26");
  expect(exactTime("2026-11-25T23:40:00Z")).toContain("26");
  useTimeZone("America/New_York");
  expect(dateOnly("2026-11-26T04:40:00Z")).toContain("25");
  useTimeZone(null);
  expect(dateOnly("2026-11-25T23:40:00Z")).toContain("25");
  useTimeZone("Europe/Berlim");
  expect(dateOnly("2026-11-25T23:40:00Z")).toContain("25");
});

test("M9: a day of a report is that day, whatever the reader's time zone", () => {
  for (const day of ["2026-03-29", "2026-10-25", "2026-11-01"]) {
    expect(dayOf(day).toISOString()).toBe(`${day}T00:00:00.000Z`);
    expect(calendarDate(dayOf(day))).toContain(String(Number(day.slice(8))));
  }
});

test("the list of time zones has the browser's, the shop's and UTC", () => {
  const names = timeZones("Europe/Atlantis").map(([name]) => name);
  for (const name of ["UTC", "Europe/Atlantis", "Europe/Berlin", browserZone()]) expect(names).toContain(name);
  expect(new Set(names).size).toBe(names.length);
});

test("months are the shop's, and follow each other over the years", () => {
  const newYear = new Date("2026-12-31T23:30:00Z");
  expect(monthNow(newYear)).toBe("2026-12");
  useTimeZone("Europe/Berlin");
  expect(monthNow(newYear)).toBe("2027-01");
  expect(monthLater("2026-12", 1)).toBe("2027-01");
  expect(monthLater("2026-01", -1)).toBe("2025-12");
  expect(monthLater("2026-03", -27)).toBe("2023-12");
  expect(monthName("2026-11")).toContain("2026");
});
