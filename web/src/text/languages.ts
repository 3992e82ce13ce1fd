import type { Answer } from "../api/client";

// The languages that customers are written to in; the browser knows their names.
type Locale = Answer<"/admin/settings", "get">["locale"];

// A record, so that the compiler misses one that the API has and the dashboard has not.
const locales = Object.keys({ de: true, en: true, es: true, fr: true } satisfies Record<Locale, true>) as Locale[];

const names = new Intl.DisplayNames(undefined, { type: "language" });

export const languageName = (code: string) => names.of(code) ?? code;

/** Code and name, by name in the reader's language. */
export function languages(): (readonly [Locale, string])[] {
  return locales.map((code) => [code, languageName(code)] as const).sort((a, b) => a[1].localeCompare(b[1]));
}
