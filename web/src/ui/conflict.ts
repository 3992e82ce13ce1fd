/**
 * Edits by two people at once. An edit is sent with the version it is based on; if that is outdated, the server refuses
 * it (412), and here the three states are compared: as it was when the editing began, as it is now, and as
 * this person wants it. Only what both changed needs a choice.
 */
export interface Clash {
  field: string;
  was: unknown;
  theirs: unknown;
  mine: unknown;
}

export interface Merge<T> {
  /** What to apply to the current state: my changes, except those that conflict. */
  edit: Partial<T>;
  clashes: Clash[];
  /** What they changed and I did not: kept, and reported. */
  changed: Clash[];
}

/** Equal for equal values: a form has its fields in another order than the API, and "" in place of null. */
function canonical(value: unknown): unknown {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(canonical);
  const members = Object.entries(value).map(([name, member]) => [name, canonical(member)] as const);
  return Object.fromEntries(members.filter(([, member]) => member !== null).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const same = (a: unknown, b: unknown) => JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));

/** Merges `mine` (the fields of the edit, based on `was`) with the current state `now`. */
export function merge<T extends object>(was: T, now: T, mine: Partial<T>): Merge<T> {
  const result: Merge<T> = { edit: {}, clashes: [], changed: [] };
  for (const field of Object.keys(now) as (keyof T & string)[]) {
    const theyChanged = !same(was[field], now[field]);
    const iChanged = field in mine && !same(mine[field], was[field]);
    const clash = { field, was: was[field], theirs: now[field], mine: mine[field] };
    if (iChanged && theyChanged && !same(mine[field], now[field])) result.clashes.push(clash);
    else if (iChanged && !same(mine[field], now[field])) result.edit[field] = mine[field] as T[typeof field];
    else if (theyChanged && !["version", "updated_at"].includes(field)) result.changed.push(clash);
  }
  return result;
}
