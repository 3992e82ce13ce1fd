import { expect, test } from "vitest";
import { fromNow } from "../../src/text/time";

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
