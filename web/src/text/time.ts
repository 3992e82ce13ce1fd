import { useEffect, useState } from "preact/hooks";

const short = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const distance = new Intl.RelativeTimeFormat(undefined, { numeric: "auto", style: "short" });

/** Date and time; the year only if it is not the current one. */
export function dateTime(at: string | Date): string {
  const date = new Date(at);
  return (date.getFullYear() === new Date().getFullYear() ? short : full).format(date);
}

export const exactTime = (at: string | Date) => exact.format(new Date(at));
export const dateOnly = (at: string | Date) => day.format(new Date(at));

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

/** A day in the reader's time zone, as times for the API: its first moment… */
export const startOfDay = (day: string) => (day ? new Date(`${day}T00:00`).toISOString() : "");

/** …and the first after it. */
export function endOfDay(day: string): string {
  if (!day) return "";
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + 1);
  return date.toISOString();
}
