import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { explain } from "../api/client";
import { notify } from "./toast";

type Attributes = Omit<JSX.HTMLAttributes<HTMLButtonElement>, "onClick" | "type">;

/**
 * A button that sends something: it is off until that is done, so that pressing it twice sends it once. Every button
 * whose act goes to the server is one; forms have theirs. What the act throws is told.
 */
export function Button({
  onPress,
  disabled = false,
  children,
  ...rest
}: Attributes & {
  onPress: (event: JSX.TargetedMouseEvent<HTMLButtonElement>) => Promise<unknown>;
  disabled?: boolean;
  children: ComponentChildren;
}) {
  const element = useRef<HTMLButtonElement>(null);
  // The state is drawn later than a second click can come.
  const running = useRef(false);
  const hadFocus = useRef(false);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    // A button that is off loses the focus: who pressed it by keyboard gets it back.
    if (!busy && hadFocus.current && (!document.activeElement || document.activeElement === document.body))
      element.current?.focus();
    if (!busy) hadFocus.current = false;
  }, [busy]);
  const press = async (event: JSX.TargetedMouseEvent<HTMLButtonElement>) => {
    if (running.current) return;
    running.current = true;
    hadFocus.current = document.activeElement === element.current;
    setBusy(true);
    try {
      await onPress(event);
    } catch (error) {
      notify(explain(error), { kind: "bad" });
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return (
    <button
      {...(rest as object)}
      ref={element}
      type="button"
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      onClick={(event) => void press(event)}
    >
      {children}
    </button>
  );
}
