import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { explain } from "../api/client";
import { Unreadable } from "../text/number";
import { isFocusLost } from "./focus";
import { notify } from "./toast";

/** A figure that can be edited in place: press it, type, Enter. Escape leaves it as it was. */
export function InPlace({
  label,
  shown,
  value,
  hint,
  signed = false,
  text = false,
  onSave,
  may,
}: {
  /** What is changed, for screen readers: "On hand of Mug". */
  label: string;
  shown: string;
  value: string;
  /** What may be typed, if that is more than a new value. */
  hint?: string;
  /** A sign may come before it: numeric keyboards have none. */
  signed?: boolean;
  /** It is no figure. */
  text?: boolean;
  /** Saves the text; an error that it throws is shown, and the field stays open. */
  onSave: (text: string) => Promise<void>;
  may: boolean;
}) {
  // The value when the field opened: the list behind it reloads, but the edit is based on what was shown.
  const [open, setOpen] = useState<{ value: string; onSave: (text: string) => Promise<void> } | undefined>();
  const [fault, setFault] = useState("");
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  // Removing the field blurs it, which must not save what Escape dropped.
  const closed = useRef(false);
  // Before the next key comes.
  useLayoutEffect(() => {
    if (open) input.current?.select();
  }, [open]);
  if (!may) return <>{shown}</>;
  const close = () => {
    closed.current = true;
    setOpen(undefined);
    setFault("");
    requestAnimationFrame(() => {
      // Unless someone went on to another field while it was being saved.
      if (isFocusLost()) button.current?.focus();
    });
  };
  const save = async (text: string) => {
    if (running.current || closed.current || !open) return;
    if (text.trim() === open.value) return close();
    running.current = true;
    setBusy(true);
    try {
      await open.onSave(text.trim());
      close();
    } catch (error) {
      setFault(explain(error));
      if (!(error instanceof Unreadable)) notify(explain(error), { kind: "bad" });
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  if (!open)
    return (
      <button
        ref={button}
        type="button"
        class="in-place"
        aria-label={`${label}: ${shown}. Change`}
        onClick={() => {
          closed.current = false;
          setOpen({ value, onSave });
        }}
      >
        {shown}
      </button>
    );
  return (
    <span class="in-place-open">
      <input
        ref={input}
        type="text"
        class={text ? "text" : ""}
        inputMode={signed || text ? "text" : "decimal"}
        autoComplete="off"
        aria-label={label}
        readOnly={busy}
        aria-busy={busy || undefined}
        aria-invalid={fault ? true : undefined}
        aria-describedby={hint && !fault ? `${id}-hint` : undefined}
        title={fault}
        defaultValue={open.value}
        onKeyDown={(event) => {
          if (event.key === "Enter") void save(event.currentTarget.value);
          else if (event.key === "Escape") {
            event.stopPropagation();
            close();
          }
        }}
        onBlur={(event) => {
          // Leaving by Tab or a click saves, as in a spreadsheet.
          if (!fault) void save(event.currentTarget.value);
        }}
      />
      {fault ? (
        <span class="fault" role="alert">
          {fault}
        </span>
      ) : (
        hint && (
          <span class="hint" id={`${id}-hint`}>
            {hint}
          </span>
        )
      )}
    </span>
  );
}
