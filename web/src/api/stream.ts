import { useEffect, useRef } from "preact/hooks";
import { get, reached } from "./client";

/** Something that happened in the shop, from its event log. It holds no personal data. */
export interface ShopEvent {
  sequence: number;
  kind: string;
  subject: string;
  subject_id: number;
  body: Record<string, unknown>;
  actor: string;
  at: string;
}

type Listener = (event: ShopEvent) => void;
const listeners = new Set<Listener>();

/** Sent to all listeners when events may have been missed: read again. */
const catchUp: ShopEvent = { sequence: 0, kind: "*", subject: "", subject_id: 0, body: {}, actor: "", at: "" };
const tell = (event: ShopEvent) => {
  for (const listener of listeners) listener(event);
};

/** After a time without the stream: everything is read again. */
export const missed = () => tell(catchUp);

let source: EventSource | undefined;
let sleepy: ReturnType<typeof setTimeout> | undefined;
let lost: ReturnType<typeof setTimeout> | undefined;

/** `opened`: it was open before, and may have missed events since. */
function connect(opened = false): void {
  if (source) return;
  source = new EventSource("/admin/events/stream");
  source.onopen = () => {
    clearTimeout(lost);
    reached(true);
    if (opened) tell(catchUp);
    opened = true;
  };
  // The shop was restored from a backup: this page's data may never have existed there.
  source.addEventListener("reset", () => location.reload());
  source.onmessage = (message: MessageEvent<string>) => tell(JSON.parse(message.data) as ShopEvent);
  source.onerror = () => {
    clearTimeout(lost);
    if (source?.readyState === EventSource.CLOSED) {
      // Refused, and the browser does not retry: signed out, or too many dashboards. A request tells which.
      disconnect();
      lost = setTimeout(
        () =>
          void get("/auth/me").then(
            () => connect(true),
            () => {},
          ),
        5_000,
      );
    } else lost = setTimeout(() => reached(false), 3_000);
  };
}

function disconnect(): void {
  source?.close();
  source = undefined;
}

/** A browser has few connections per server, so a hidden tab closes its stream. */
function onVisibility(): void {
  clearTimeout(sleepy);
  if (document.hidden) sleepy = setTimeout(disconnect, 30_000);
  else if (!source) {
    connect();
    tell(catchUp);
  }
}

/** Opens the live stream for as long as someone is signed in. The browser reconnects automatically, from the event it saw last. */
export function openStream(): void {
  connect();
  document.addEventListener("visibilitychange", onVisibility);
}

export function closeStream(): void {
  clearTimeout(sleepy);
  clearTimeout(lost);
  document.removeEventListener("visibilitychange", onVisibility);
  disconnect();
}

/**
 * Calls `handler` for events of these kinds; "order." stands for all that begin so. A burst (an import, a rush) is one
 * call, with its first event: screens read again, they do not count. With `each`, every event is its own call.
 */
export function useEvents(kinds: string[], handler: Listener, { each = false } = {}): void {
  const latest = useRef(handler);
  latest.current = handler;
  const key = kinds.join(" ");
  useEffect(() => {
    if (!key) return;
    const wanted = key.split(" ");
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listener = (event: ShopEvent) => {
      if (each) {
        if (wanted.includes(event.kind)) latest.current(event);
        return;
      }
      const fits = (kind: string) =>
        event.kind === "*" || event.kind === kind || (kind.endsWith(".") && event.kind.startsWith(kind));
      if (!wanted.some(fits)) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        latest.current(event);
      }, 400);
    };
    listeners.add(listener);
    return () => {
      clearTimeout(timer);
      listeners.delete(listener);
    };
  }, [key, each]);
}
