import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { explain } from "../api/client";
import { isFocusLost } from "./focus";
import { notify } from "./toast";

type Attributes = Omit<JSX.HTMLAttributes<HTMLButtonElement>, "onClick" | "type">;

/**
 * A button that sends something: it is disabled until that is done, so that two presses send it once. Every button
 * that calls the server is one; forms have their own. An error that the act throws is shown.
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
  // A second click can come before the state is rendered.
  const running = useRef(false);
  const hadFocus = useRef(false);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    // A disabled button loses the focus: keyboard users get it back.
    if (!busy && hadFocus.current && isFocusLost()) element.current?.focus();
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
