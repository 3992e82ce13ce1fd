/**
 * Two people at once. An edit goes out with the version it was made on; where someone was faster, the server refuses it
 * (412), and here the three states are laid beside each other: as it was when the editing began, as it is now, and as
 * this person wants it. Only what both changed needs a choice.
 */
export interface Clash {
  field: string;
  was: unknown;
  theirs: unknown;
  mine: unknown;
}

export interface Merge<T> {
  /** What to send on top of the current state: my changes, less those that clash. */
  edit: Partial<T>;
  clashes: Clash[];
  /** What they changed and I did not: kept, and told. */
  changed: Clash[];
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Merges `mine` (the fields of the edit, as wanted) made on `was` with what the thing is `now`. */
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
