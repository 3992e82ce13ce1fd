import { useEffect, useRef, useState } from "preact/hooks";

/** Where the reader is: the path below /dashboard, and the query, which holds a list's filters. */
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

/** How far along the history this place is: Back and Forward do not say which of them they were. */
let placeNumber = 0;
/** What was left behind, by its number in the history: the way back leads to where it was scrolled. */
let left = new Map<number, { path: string; scroll: number }>();
const leave = (path: string) => left.set(placeNumber, { path, scroll: scrollY });
const kept = "orderd.left"; // over a reload
const numberHere = () => Number((history.state as { number?: number } | null)?.number ?? 0);

const guards = new Set<() => boolean>();
/** Whether a screen with unsaved edits was asked for, and wants to stay. */
const stays = () => [...guards].some((guard) => !guard());

/** Goes to a screen; `replace` for what Back should not return to, as a filter that is being typed. */
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

/** Leaving the screen asks first, while `unsaved` says so at that moment. */
export function useUnsavedGuard(unsaved: () => boolean): void {
  const latest = useRef(unsaved);
  latest.current = unsaved;
  useEffect(() => {
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

/** Back and Forward have gone already when they are told: who wants to stay is taken back to where they were. */
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

/** Scrolls there once what is read again makes the screen long enough, unless the reader does something first. */
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
    const content = document.getElementById("content"); // not there before it is known who is signed in
    const reading = !content || content.querySelector(".loading, [aria-busy=true]");
    if (reading && performance.now() < until) requestAnimationFrame(step);
    else done.abort();
  };
  // The screen that was left is drawn until the frame after the next.
  requestAnimationFrame(() => requestAnimationFrame(step));
}

/** Goes back where the screen before was that one, with its filters and where it was scrolled; or else opens it fresh. */
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

/** Changes some of the query and stays on the screen; an empty value takes its name out. Paging starts over. */
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

/** Whether a click asks for nothing else: with Ctrl it is a new tab's, with Shift a new window's. */
export const isPlain = (event: MouseEvent) => !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

/** Ordinary links stay ordinary: this makes a plain click on one of ours change the screen without a page load. */
export function followLinks(): void {
  history.scrollRestoration = "manual"; // lists come after the browser would have scrolled
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

/** What a part of a path says, or undefined if its escapes are broken: "%zz". */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** The parameters of a pattern like "/orders/:id", or undefined if the path is another. */
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
