import { useEffect, useState } from "preact/hooks";
import { Icon } from "./icon";

interface Toast {
  id: number;
  text: string;
  kind: "done" | "bad" | "news";
  action?: { label: string; run: () => void };
}

let toasts: Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

function change(to: Toast[]): void {
  toasts = to;
  listeners.forEach((listener) => listener());
}

/** A quiet notice at the edge, read out by screen readers; with an action it stays long enough to be pressed. */
export function notify(text: string, { kind = "done" as Toast["kind"], action = undefined as Toast["action"] } = {}): void {
  const id = next++;
  change([...toasts.slice(-2), { id, text, kind, ...(action && { action }) }]);
  setTimeout(() => dismiss(id), action || kind === "bad" ? 10_000 : 5_000);
}

function dismiss(id: number): void {
  change(toasts.filter((toast) => toast.id !== id));
}

export function Toasts() {
  const [, redraw] = useState(0);
  useEffect(() => {
    const listener = () => redraw((count) => count + 1);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} class={`toast ${toast.kind}`}>
          <span>{toast.text}</span>
          {toast.action && (
            <button
              type="button"
              class="link"
              onClick={() => {
                dismiss(toast.id);
                toast.action!.run();
              }}
            >
              {toast.action.label}
            </button>
          )}
          <button type="button" class="icon-button" aria-label="Dismiss" onClick={() => dismiss(toast.id)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
