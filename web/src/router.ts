import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** The current place: the path below /dashboard, and the query, which contains a list's filters. */
export interface Place {
  path: string;
  query: URLSearchParams;
}

const base = "/dashboard";

function here(): Place {
  const path = location.pathname.slice(base.length).replace(/\/+$/, "") || "/";
  return { path, query: new URLSearchParams(location.search) };
}

const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};

/** The address of a screen, for links: "/orders" is "/dashboard/orders". */
export const href = (path: string) => base + path;

/** The index of this place in the history: Back and Forward do not say which of them was used. */
let placeNumber = 0;
/** Places that were left, by their index in the history, so that Back restores the scroll position. */
let left = new Map<number, { path: string; scroll: number }>();
const leave = (path: string) => left.set(placeNumber, { path, scroll: scrollY });
const kept = "orderd.left"; // survives a reload
const numberHere = () => Number((history.state as { number?: number } | null)?.number ?? 0);

const guards = new Set<() => boolean>();
/** Whether a screen with unsaved edits was asked, and the user wants to stay. */
const stays = () => [...guards].some((guard) => !guard());

/** Goes to a screen; `replace` if Back should not return here, such as for a filter that is being typed. */
export function go(path: string, { replace = false } = {}): void {
  const leaves = path.split("?")[0] !== here().path;
  if (leaves && stays()) return;
  if (!replace) {
    restoring?.abort();
    leave(here().path);
    placeNumber++;
  }
  history[replace ? "replaceState" : "pushState"]({ number: placeNumber }, "", href(path));
  if (!replace) scrollTo(0, 0);
  tell();
}

/** Asks before the screen is left, if `unsaved` returns true then. */
export function useUnsavedGuard(unsaved: () => boolean): void {
  const latest = useRef(unsaved);
  latest.current = unsaved;
  useLayoutEffect(() => {
    const guard = () => !latest.current() || confirm("Leave without saving? What you changed here is lost.");
    const beforeUnload = (event: BeforeUnloadEvent) => {
      if (latest.current()) event.preventDefault();
    };
    guards.add(guard);
    addEventListener("beforeunload", beforeUnload);
    return () => {
      guards.delete(guard);
      removeEventListener("beforeunload", beforeUnload);
    };
  }, []);
}

let shownPath = "";

/** Back and Forward have already happened when they are reported: to stay, the user is taken back. */
function wentBack(): void {
  const number = numberHere();
  const leaves = here().path !== shownPath;
  if (number !== placeNumber && leaves && stays()) {
    history.go(placeNumber - number);
    return;
  }
  leave(shownPath);
  placeNumber = number;
  tell();
  scrollBack(left.get(number)?.scroll ?? 0);
}

let restoring: AbortController | undefined;

/** Scrolls there once the reloaded data makes the screen long enough, unless the user acts first. */
function scrollBack(to: number): void {
  restoring?.abort();
  const done = new AbortController();
  restoring = done;
  const until = performance.now() + 3000;
  for (const act of ["wheel", "touchmove", "keydown", "pointerdown"])
    addEventListener(act, () => done.abort(), { signal: done.signal, passive: true });
  const step = () => {
    if (done.signal.aborted) return;
    scrollTo(0, to);
    const content = document.getElementById("content"); // missing until it is known who is signed in
    const reading = !content || content.querySelector(".loading, [aria-busy=true]");
    if (reading && performance.now() < until) requestAnimationFrame(step);
    else done.abort();
  };
  // The old screen is visible until the frame after the next.
  requestAnimationFrame(() => requestAnimationFrame(step));
}

/** Goes back if that screen was the one before, with its filters and scroll position; otherwise opens it anew. */
function goBackTo(path: string): void {
  if (left.get(placeNumber - 1)?.path === path) history.back();
  else go(path);
}

export function usePlace(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const update = () => setPlace(here());
    listeners.add(update);
    update();
    return () => void listeners.delete(update);
  }, []);
  return place;
}

/** Changes parts of the query and stays on the screen; an empty value removes its name. Paging starts over. */
export function refine(changes: Record<string, string | undefined>, { replace = true } = {}): void {
  const { path, query } = here();
  query.delete("cursor");
  for (const [name, value] of Object.entries(changes)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const text = query.toString();
  go(text ? `${path}?${text}` : path, { replace });
}

/** Whether a click is a plain one: with Ctrl it opens a new tab, with Shift a new window. */
export const isPlain = (event: MouseEvent) => !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

/** Makes a plain click on a link of ours change the screen without a page load. */
export function followLinks(): void {
  history.scrollRestoration = "manual"; // lists load after the browser would have scrolled
  shownPath = here().path;
  placeNumber = numberHere();
  left = new Map(JSON.parse(sessionStorage.getItem(kept) ?? "[]"));
  if (history.state) scrollBack(left.get(placeNumber)?.scroll ?? 0);
  else history.replaceState({ number: placeNumber }, "");
  addEventListener("pagehide", () => {
    leave(shownPath);
    sessionStorage.setItem(kept, JSON.stringify([...left]));
  });
  listeners.add(() => (shownPath = here().path));
  addEventListener("popstate", wentBack);
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || !isPlain(event)) return;
    const link = (event.target as Element).closest?.("a");
    if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (link.pathname !== base && !link.pathname.startsWith(`${base}/`)) return;
    event.preventDefault();
    const follow = link.dataset.back === undefined ? go : goBackTo;
    follow(link.pathname.slice(base.length) + link.search);
  });
}

/** A decoded part of a path, or undefined if its escapes are broken: "%zz". */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** The parameters of a pattern like "/orders/:id", or undefined if the path does not match. */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (let at = 0; at < wanted.length; at++) {
    const part = wanted[at]!;
    if (part.startsWith(":")) {
      const value = decoded(given[at]!);
      if (value === undefined) return undefined;
      parameters[part.slice(1)] = value;
    } else if (part !== given[at]) return undefined;
  }
  return parameters;
}
