import { useState } from "preact/hooks";
import { Problem } from "../api/client";
import { type Clash, type Merge, merge } from "./conflict";
import { Dialog, openDialog } from "./dialog";

interface Versioned {
  version: number;
}

/** How to read, write and show what is edited. `E` has the fields that the edit can change. */
export interface Editing<T extends Versioned, E extends object> {
  load: () => Promise<T>;
  save: (edit: Partial<E>, version: number) => Promise<T>;
  fields: (thing: T) => E;
  labels: Partial<Record<keyof E & string, string>>;
  show?: (field: keyof E & string, value: unknown) => string;
  /** Fields that change while the shop runs, such as stock: reported only to a user who changes them too. */
  passing?: (keyof E & string)[];
}

/**
 * Saves an edit of `base`: the thing as this person saw it when they began, not as the page may show it now.
 * If someone else has saved since, it shows what they changed and lets this person choose, field by field where both
 * changed the same. @returns the current thing, or undefined if the edit was dropped.
 *
 * @throws Error if that was closed without a choice: the input is still in its form
 */
export async function saveEdit<T extends Versioned, E extends object>(
  base: T,
  mine: Partial<E>,
  editing: Editing<T, E>,
): Promise<T | undefined> {
  try {
    return await editing.save(mine, base.version);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 412) throw error;
  }
  const now = await editing.load();
  const merged = merge(editing.fields(base), editing.fields(now), mine);
  merged.changed = merged.changed.filter(({ field }) => !editing.passing?.includes(field as keyof E & string));
  // A payment came in, a unit was sold: there is a new version, but nothing that this edit touches has
  // changed.
  if (merged.clashes.length + merged.changed.length === 0) {
    return Object.keys(merged.edit).length === 0 ? now : saveEdit(now, merged.edit, editing);
  }
  const chosen = await openDialog<Partial<E> | undefined | "back">((done) => (
    <Choose merged={merged} labels={editing.labels as Record<string, string>} show={editing.show as Show} done={done} />
  ));
  if (chosen === "back")
    throw new Error("Nothing is saved yet: someone saved before you. Save again to choose between theirs and yours.");
  if (chosen === undefined) return undefined;
  if (Object.keys(chosen).length === 0) return now;
  // Someone may have been faster again.
  return saveEdit(now, chosen, editing);
}

type Show = ((field: string, value: unknown) => string) | undefined;

function plain(value: unknown): string {
  if (value === null || value === undefined || value === "") return "nothing";
  if (typeof value === "object") return Object.values(value).filter(Boolean).map(plain).join(", ");
  return String(value);
}

function Choose<E extends object>({
  merged,
  labels,
  show,
  done,
}: {
  merged: Merge<E>;
  labels: Record<string, string>;
  show: Show;
  done: (edit: Partial<E> | undefined | "back") => void;
}) {
  const [picks, setPicks] = useState<Record<string, "mine" | "theirs">>({});
  const said = (clash: Clash, value: unknown) => (show ? show(clash.field, value) : plain(value));
  const open = merged.clashes.some((clash) => !picks[clash.field]);
  return (
    <Dialog title="Someone saved before you" onClose={() => done("back")} wide>
      <div class="dialog-body">
        <p>While you were editing, this was changed elsewhere. Nothing of yours has been saved yet.</p>
        {merged.clashes.map((clash) => (
          <fieldset key={clash.field} class="clash">
            <legend>{labels[clash.field] ?? clash.field}: both changed it</legend>
            {(["theirs", "mine"] as const).map((side) => (
              <label class="check" key={side}>
                <input
                  type="radio"
                  name={clash.field}
                  checked={picks[clash.field] === side}
                  onChange={() => setPicks({ ...picks, [clash.field]: side })}
                />
                <span>
                  {side === "mine" ? "Yours: " : "Theirs: "}
                  <strong>{said(clash, clash[side])}</strong>
                </span>
              </label>
            ))}
            <p class="hint">It was: {said(clash, clash.was)}</p>
          </fieldset>
        ))}
        {merged.changed.length > 0 && (
          <div>
            <h3>Changed by them, and kept</h3>
            <ul>
              {merged.changed.map((clash) => (
                <li key={clash.field}>
                  {labels[clash.field] ?? clash.field}: {said(clash, clash.was)} →{" "}
                  <strong>{said(clash, clash.theirs)}</strong>
                </li>
              ))}
            </ul>
          </div>
        )}
        {Object.keys(merged.edit).length > 0 && (
          <div>
            <h3>Yours, to be saved on top</h3>
            <ul>
              {Object.entries(merged.edit).map(([field, value]) => (
                <li key={field}>
                  {labels[field] ?? field}: <strong>{show ? show(field, value) : plain(value)}</strong>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
      <footer class="actions">
        <button type="button" onClick={() => done(undefined)} data-first>
          Let mine go
        </button>
        <button
          type="button"
          class="primary"
          disabled={open}
          onClick={() => {
            const edit: Partial<E> = { ...merged.edit };
            for (const clash of merged.clashes) {
              if (picks[clash.field] === "mine") Object.assign(edit, { [clash.field]: clash.mine });
            }
            done(edit);
          }}
        >
          {open ? "Choose above" : "Save like this"}
        </button>
      </footer>
    </Dialog>
  );
}

/** What a dialog acts on. */
interface Seen<T> {
  /** The thing as it was when the dialog opened, or was last updated. */
  seen: T;
  /** Acts on it. If it changed meanwhile, nothing is done: the dialog shows the new state, and says so. */
  act: (run: (seen: T) => Promise<unknown>) => Promise<void>;
}

/**
 * Keeps what a dialog was opened for, while the page behind it updates: an act is sent with the version that was
 * shown, so that nobody cancels, ships or refunds something other than what they saw.
 *
 * @param word says what it is now, as in "Order 1001 is shipped now"
 */
export function useSeen<T extends Versioned>(
  opened: T,
  load: () => Promise<T>,
  word: (was: T, now: T) => string,
): Seen<T> {
  const [seen, setSeen] = useState(opened);
  return {
    seen,
    act: async (run) => {
      try {
        await run(seen);
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== 412) throw error;
        const now = await load();
        setSeen(now);
        throw new Error(`${word(seen, now)}. Nothing was done; this is how it stands now.`);
      }
    },
  };
}

/** The thing as it was when the component was mounted: its fields show it, and edits are based on it. */
export const useOpened = <T,>(thing: T): T => useState(thing)[0];
