import { type ComponentChildren, createContext } from "preact";
import { useContext, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Button } from "./button";
import { isFocusLost } from "./focus";

/** A form that is saved by the bar of its screen. */
interface Saved {
  form: () => HTMLFormElement | null;
  isUnsaved: () => boolean;
  /** Shows its faults where it has any. @returns whether it was saved */
  save: () => Promise<boolean>;
}

interface Bar {
  forms: Set<Saved>;
  /** Looks for what is unsaved, once it is drawn. */
  look: () => void;
}
const BarContext = createContext<Bar | undefined>(undefined);

/**
 * Hands a form to the bar of its screen; one that has a button of its own hands over nothing.
 *
 * @returns what tells the bar that the form was saved; undefined if no bar saves it
 */
export function useSavedByBar(saved: Saved | undefined): (() => void) | undefined {
  const bar = useContext(BarContext);
  const latest = useRef(saved);
  latest.current = saved;
  const isHanded = bar !== undefined && saved !== undefined;
  useLayoutEffect(() => {
    if (!isHanded) return;
    const entry: Saved = {
      form: () => latest.current?.form() ?? null,
      isUnsaved: () => latest.current?.isUnsaved() ?? false,
      save: async () => (await latest.current?.save()) ?? false,
    };
    bar.forms.add(entry);
    bar.look();
    return () => {
      bar.forms.delete(entry);
      bar.look();
    };
  }, [bar, isHanded]);
  return isHanded ? bar.look : undefined;
}

const titleOf = ({ form }: Saved) => form()?.closest("section")?.getAttribute("aria-label") ?? "";
const nextFrame = () => new Promise((done) => requestAnimationFrame(done));
const byPlace = (one: Saved, other: Saved) =>
  (one.form()?.compareDocumentPosition(other.form()!) ?? 0) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;

/**
 * Forms with one bar that saves what was changed in any of them. It is there as long as something is unsaved, and names
 * the parts that are. A form that cannot be saved keeps those after it unsaved too, and shows why.
 *
 * @param children the forms; drawn anew in each round, when what was typed is discarded
 */
export function SaveTogether({ children }: { children: (round: number) => ComponentChildren }) {
  const [unsaved, setUnsaved] = useState<string[]>([]);
  const [round, setRound] = useState(0);
  const bar = useMemo<Bar>(() => {
    const forms = new Set<Saved>();
    return { forms, look: () => requestAnimationFrame(() => setUnsaved(changedIn(forms).map(titleOf))) };
  }, []);
  const area = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // Rows are added and removed by clicks, which no field tells of.
    for (const type of ["input", "change", "click"]) area.current!.addEventListener(type, bar.look);
  }, []);
  const save = async () => {
    for (const each of changedIn(bar.forms)) {
      if (!(await each.save())) return;
      await nextFrame(); // the next form is drawn with what was saved
    }
    // The bar goes, and the focus with it; but whoever types elsewhere by now keeps it.
    if (isFocusLost() || document.activeElement?.closest(".save-bar"))
      document.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  };
  return (
    <BarContext.Provider value={bar}>
      <div ref={area}>{children(round)}</div>
      {unsaved.length > 0 && (
        <section class="save-bar" aria-label="Unsaved changes">
          <p role="status">
            Not saved yet: <strong>{unsaved.join(", ")}</strong>
          </p>
          <div class="actions">
            <button type="button" onClick={() => setRound(round + 1)}>
              Discard
            </button>
            <Button class="primary" onPress={save}>
              Save
            </Button>
          </div>
        </section>
      )}
    </BarContext.Provider>
  );
}

/** Those of the forms that have something unsaved, in the order of the screen. */
const changedIn = (forms: Set<Saved>) => [...forms].filter(({ isUnsaved }) => isUnsaved()).sort(byPlace);
