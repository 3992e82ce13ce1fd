import { useRef, useState } from "preact/hooks";
import { readWhole } from "../text/number";
import { useScanned } from "./scanning";

/** A product and a number of it, saved by one Enter: the code is typed or scanned, the number typed after Tab. */
export function CodeRow({
  label,
  unitsLabel,
  act,
  onEnter,
}: {
  label: string;
  unitsLabel: string;
  act: string;
  /** `units` undefined: none was typed. @returns whether the fields are cleared for the next one */
  onEnter: (code: string, units: number | undefined) => Promise<boolean>;
}) {
  const code = useScanned();
  const units = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  return (
    <form
      class="scan code-row"
      aria-busy={busy}
      onSubmit={async (event) => {
        event.preventDefault();
        const text = code.current!.value.trim();
        const number = units.current!.value.trim();
        if (busy || text === "") return;
        let count: number | undefined;
        try {
          count = number === "" ? undefined : readWhole(number, { most: 1_000_000 });
        } catch (error) {
          units.current!.setCustomValidity((error as Error).message);
          units.current!.reportValidity();
          return;
        }
        setBusy(true);
        try {
          if (await onEnter(text, count)) {
            code.current!.value = "";
            units.current!.value = "";
          }
        } finally {
          setBusy(false);
          code.current!.focus();
        }
      }}
    >
      <label>
        <span>{label}</span>
        <input ref={code} type="text" autoComplete="off" autoCapitalize="off" spellcheck={false} />
      </label>
      <label class="units">
        <span>{unitsLabel}</span>
        <input
          ref={units}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          class="number"
          onInput={(event) => event.currentTarget.setCustomValidity("")}
        />
      </label>
      <button type="submit">{act}</button>
    </form>
  );
}
