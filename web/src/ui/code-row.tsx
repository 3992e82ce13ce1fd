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
  /** `units` undefined: none was typed. @returns false: it is put back, to be mended */
  onEnter: (code: string, units: number | undefined) => Promise<boolean>;
}) {
  const code = useScanned();
  const units = useRef<HTMLInputElement>(null);
  const [waiting, setWaiting] = useState(0);
  const latest = useRef(onEnter);
  latest.current = onEnter;
  // A scanner is faster than the server: one after the other is entered.
  const before = useRef<Promise<unknown>>(Promise.resolve());
  const enter = async (text: string, number: string, count: number | undefined) => {
    const entered = before.current.then(() => latest.current(text, count));
    before.current = entered.catch(() => {});
    setWaiting((all) => all + 1);
    try {
      // What was refused can be mended, unless the next one is being typed by now.
      if (!(await entered) && code.current?.value === "") {
        code.current.value = text;
        units.current!.value = number;
      }
    } finally {
      setWaiting((all) => all - 1);
    }
  };
  return (
    <form
      class="scan code-row"
      aria-busy={waiting > 0}
      onSubmit={(event) => {
        event.preventDefault();
        const text = code.current!.value.trim();
        const number = units.current!.value.trim();
        if (text === "") return;
        let count: number | undefined;
        try {
          count = number === "" ? undefined : readWhole(number, { most: 1_000_000 });
        } catch (error) {
          units.current!.setCustomValidity((error as Error).message);
          units.current!.reportValidity();
          return;
        }
        code.current!.value = "";
        units.current!.value = "";
        code.current!.focus();
        void enter(text, number, count);
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
