import { useEffect, useId, useLayoutEffect, useState } from "preact/hooks";
import { explain } from "../api/client";
import { notify } from "./toast";

/**
 * A field in which something is found by typing: the arrows choose among what is offered, Enter takes it. What is typed by
 * a scanner ends with Enter, too.
 */
export function Finder<T>({
  find,
  label,
  placeholder,
  describe,
  onTake,
  nothing,
  first = false,
}: {
  find: (text: string) => Promise<T[]>;
  label: string;
  placeholder: string;
  describe: (row: T) => { name: string; more?: string };
  onTake: (row: T) => void;
  nothing: string;
  /** Has the focus when it is shown. */
  first?: boolean;
}) {
  const id = useId();
  const [text, setText] = useState("");
  const [found, setFound] = useState<{ of: string; rows: T[] }>({ of: "", rows: [] });
  const [at, setAt] = useState(0);
  const [waits, setWaits] = useState(false);
  useEffect(() => {
    const of = text.trim();
    let isMeant = true;
    const ask = async () => {
      try {
        const rows = of ? await find(of) : [];
        if (isMeant) setFound({ of, rows });
      } catch (error) {
        if (isMeant) notify(explain(error), { kind: "bad" });
      }
    };
    const timer = setTimeout(() => void ask(), 180);
    return () => {
      isMeant = false;
      clearTimeout(timer);
    };
  }, [text]);
  useLayoutEffect(() => {
    if (first) document.getElementById(id)?.focus();
  }, []);
  const isKnown = found.of !== "" && found.of === text.trim();
  const rows = isKnown ? found.rows : [];
  const take = (row: T) => {
    setText("");
    setAt(0);
    setWaits(false);
    onTake(row);
  };
  // Enter came before the answer, as from a scanner.
  useEffect(() => {
    if (waits && isKnown) {
      setWaits(false);
      if (rows[0]) take(rows[0]);
    }
  }, [waits, isKnown]);
  const isOpen = rows.length > 0;
  return (
    <div class="field finder">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="search"
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen ? `${id}-${at}` : undefined}
        autoComplete="off"
        placeholder={placeholder}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            const step = event.key === "ArrowDown" ? 1 : rows.length - 1;
            if (rows.length > 0) setAt((at + step) % rows.length);
          } else if (event.key === "Enter" && text.trim()) {
            event.preventDefault(); // it does not send the form
            const row = rows[at];
            if (row) take(row);
            else setWaits(true);
          }
        }}
      />
      <div id={`${id}-list`} role="listbox" aria-label={label} class="found" hidden={!isOpen}>
        {rows.map((row, index) => {
          const { name, more } = describe(row);
          return (
            <button
              key={name + index}
              id={`${id}-${index}`}
              type="button"
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(row)}
            >
              {name}
              {more && <span class="second">{more}</span>}
            </button>
          );
        })}
      </div>
      <p role="status" class="muted">
        {isKnown && rows.length === 0 ? nothing : ""}
      </p>
    </div>
  );
}
