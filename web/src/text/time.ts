import { useEffect, useState } from "preact/hooks";

// Times are shown as clocks in the shop's time zone show them, wherever its people are.
function formatsIn(timeZone: string | undefined) {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(undefined, { ...options, timeZone });
  return {
    short: format({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }),
    full: format({ dateStyle: "medium", timeStyle: "short" }),
    exact: format({ dateStyle: "full", timeStyle: "long" }),
    day: format({ dateStyle: "medium" }),
    longDay: format({ weekday: "long", day: "numeric", month: "long" }),
    year: format({ year: "numeric" }),
    // Swedish writes dates as ISO 8601 does.
    month: new Intl.DateTimeFormat("sv", { year: "numeric", month: "2-digit", timeZone }),
    // Numbers, in an order that does not depend on the reader.
    clock: new Intl.DateTimeFormat("en-GB", {
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
      timeZone,
    }),
  };
}

let formats = formatsIn(undefined);

/** Shows times in this zone from now on; in UTC if the shop has none, or one that this browser does not know. */
export function useTimeZone(name: string | null): void {
  try {
    formats = formatsIn(name ?? "UTC");
  } catch {
    formats = formatsIn("UTC");
  }
}

const distance = new Intl.RelativeTimeFormat(undefined, { numeric: "auto", style: "short" });

/** Date and time; the year only if it is not the current one. */
export function dateTime(at: string | Date): string {
  const date = new Date(at);
  const thisYear = formats.year.format(date) === formats.year.format(new Date());
  return (thisYear ? formats.short : formats.full).format(date);
}

export const exactTime = (at: string | Date) => formats.exact.format(new Date(at));
export const dateOnly = (at: string | Date) => formats.day.format(new Date(at));
/** Today, with its weekday. */
export const today = () => formats.longDay.format(new Date());

const calendarDay = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});

/** A day as reports name it ("2026-11-24"), as a moment that calendarDate() shows as that day. */
export const dayOf = (date: string) => new Date(`${date}T00:00Z`);
export const calendarDate = (day: Date) => calendarDay.format(day);

const calendarMonth = new Intl.DateTimeFormat(undefined, { month: "long", year: "numeric", timeZone: "UTC" });

/** The present month as reports name it: "2026-11". */
export const monthNow = (now: Date = new Date()) => formats.month.format(now).slice(0, 7);
/** "November 2026". */
export const monthName = (month: string) => calendarMonth.format(dayOf(`${month}-01`));

/** The month that is so many months later; earlier if it is negative. */
export function monthLater(month: string, by: number): string {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(year, number - 1 + by)).toISOString().slice(0, 7);
}

/** What the shop's clocks show at a moment: its day ("2026-11-24"), and all of it as if it were a time in UTC. */
function onTheClock(at: number): { day: string; shown: number } {
  const of = Object.fromEntries(formats.clock.formatToParts(at).map(({ type, value }) => [type, value]));
  const day = `${of.year}-${of.month}-${of.day}`;
  return { day, shown: Date.parse(`${day}T${of.hour}:${of.minute}:${of.second}Z`) };
}

/** The shop's day at a moment, as a date field has it. */
export const dayAt = (at: string | number) => onTheClock(new Date(at).getTime()).day;

/** When a day of the shop begins: at midnight, or later where clocks skip it. */
export function startOfDay(day: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const offset = (at: number) => onTheClock(at).shown - at;
  // The offset may be another one where the first guess is.
  const guess = midnight - offset(midnight);
  const tries = [midnight - offset(guess), guess].sort((a, b) => a - b);
  return new Date(tries.find((at) => dayAt(at) === day) ?? guess).toISOString();
}

/** The day after a day. */
export const nextDay = (day: string) => new Date(dayOf(day).getTime() + 86_400_000).toISOString().slice(0, 10);

const fullDay = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });
/** The same with its year. */
export const fullDate = (day: Date) => fullDay.format(day);

/** "5 min. ago", "in 2 hr.", "yesterday" in the reader's language. */
export function fromNow(at: string | Date, now = Date.now(), format = distance): string {
  const seconds = Math.round((new Date(at).getTime() - now) / 1000);
  const steps: [number, number, Intl.RelativeTimeFormatUnit][] = [
    [60, 1, "second"],
    [3600, 60, "minute"],
    [86400, 3600, "hour"],
    [86400 * 30, 86400, "day"],
    [86400 * 365, 86400 * 30, "month"],
    [Infinity, 86400 * 365, "year"],
  ];
  const [, size, unit] = steps.find(([below]) => Math.abs(seconds) < below)!;
  if (unit === "second" && Math.abs(seconds) < 45) return format.format(0, "second");
  return format.format(Math.round(seconds / size), unit);
}

/** Redraws the component now and then, so that "5 min. ago" stays true. */
export function useTicking(milliseconds = 30_000): void {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
}
