/** The time zone of this browser. */
export const browserZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** The names of all time zones that this browser knows, and `also`, as options of a list. */
export function timeZones(also: string): (readonly [string, string])[] {
  const known: string[] = Intl.supportedValuesOf?.("timeZone") ?? [];
  const names = new Set([...known, "UTC", browserZone(), also].filter(Boolean));
  return [...names].sort().map((name) => [name, name.replaceAll("_", " ")] as const);
}
