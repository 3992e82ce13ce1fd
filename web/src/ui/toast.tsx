import { useEffect, useState } from "preact/hooks";
import { Icon } from "./icon";

interface Action {
  label: string;
  run: () => unknown;
}

export interface Toast {
  id: number;
  text: string;
  kind: "done" | "bad" | "news";
  /** How many pieces of news it stands for, or how often the same error occurred. */
  count: number;
  action?: Action;
  /** How long it stays, in milliseconds; absent: as long as others of its kind. */
  lasts?: number;
}

/** The text for several pieces of news together. */
type Together = (count: number) => { text: string; action?: Action };

const quiet = 5_000;
/** Long enough to read it, and to press Undo. */
const undoable = 20_000;
/** The most notices of finished or undoable acts: older ones are removed. Errors never are. */
const most = { done: 2, undoable: 3 };

let toasts: Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();
const timers = new Map<number, ReturnType<typeof setTimeout>>();

export const shownToasts = (): readonly Toast[] => toasts;

function change(to: Toast[]): void {
  toasts = to;
  for (const id of [...timers.keys()]) if (!toasts.some((toast) => toast.id === id)) stopTimer(id);
  for (const listener of listeners) listener();
}

function stopTimer(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
}

function startTimer({ id, kind, action, lasts }: Toast): void {
  stopTimer(id);
  if (kind === "bad") return;
  timers.set(
    id,
    setTimeout(() => dismiss(id), lasts ?? (action && kind === "done" ? undoable : action ? 2 * quiet : quiet)),
  );
}

/** Keeps only the newest temporary notices of each kind: they never displace an error, or another kind. */
function bounded(all: Toast[]): Toast[] {
  const keep = (fits: (toast: Toast) => boolean, count: number) => {
    const ids = all.filter(fits).map(({ id }) => id);
    return new Set(ids.slice(-count));
  };
  const done = keep(({ kind, action }) => kind === "done" && !action, most.done);
  const undo = keep(({ kind, action }) => kind === "done" && Boolean(action), most.undoable);
  return all.filter(({ id, kind }) => kind !== "done" || done.has(id) || undo.has(id));
}

/**
 * A quiet notice at the edge, read out by screen readers. Errors stay until they are dismissed. News share one notice,
 * however many there are: `together` is its text. A notice with Undo stays a while, whatever else is reported.
 */
export function notify(
  text: string,
  {
    kind = "done",
    action,
    together,
    lasts,
  }: { kind?: Toast["kind"]; action?: Action; together?: Together; lasts?: number } = {},
): void {
  const before = toasts.find(
    (toast) =>
      (kind === "news" && toast.kind === "news") || (kind === "bad" && toast.kind === "bad" && toast.text === text),
  );
  const count = (before?.count ?? 0) + 1;
  const said = kind === "news" && count > 1 && together ? together(count) : { text, action };
  const toast: Toast = {
    id: next++,
    text: said.text,
    kind,
    count,
    ...(said.action && { action: said.action }),
    ...(lasts && { lasts }),
  };
  change(bounded([...toasts.filter((each) => each !== before), toast]));
  startTimer(toast);
}

export function dismiss(id: number): void {
  change(toasts.filter((toast) => toast.id !== id));
}

export function Toasts() {
  const [, redraw] = useState(0);
  useEffect(() => {
    const listener = () => redraw((count) => count + 1);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  // No notice disappears while someone is about to press it (WCAG 2.2.1).
  const hold = () => {
    for (const { id } of toasts) stopTimer(id);
  };
  const release = () => toasts.forEach(startTimer);
  return (
    <div
      class="toasts"
      role="status"
      aria-live="polite"
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocusIn={hold}
      onFocusOut={release}
    >
      {toasts.map((toast) => (
        <div key={toast.id} class={`toast ${toast.kind}`} role={toast.kind === "bad" ? "alert" : undefined}>
          <span>
            {toast.text}
            {toast.kind === "bad" && toast.count > 1 && <span class="muted"> ({toast.count} times)</span>}
          </span>
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
