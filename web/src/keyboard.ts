import { useLayoutEffect } from "preact/hooks";

/** A key, or two in sequence ("g o"), and its action; the help shows `label`. "Ctrl+k" works in a field, too. */
export interface Hotkey {
  keys: string;
  label: string;
  run: () => void;
}

const active: Hotkey[] = [];
let leader = "";
let leaderAt = 0;

/** Keys that are active while the component is mounted. Later ones take precedence. */
export function useHotkeys(hotkeys: Hotkey[]): void {
  useLayoutEffect(() => {
    active.push(...hotkeys);
    return () => {
      for (const hotkey of hotkeys) active.splice(active.indexOf(hotkey), 1);
    };
  });
}

/** The active keys, each once, for the help. */
export function activeHotkeys(): Hotkey[] {
  return [...new Map(active.map((hotkey) => [hotkey.keys, hotkey])).values()];
}

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName))
  );
}

export function listenForHotkeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey) return;
    const held = event.ctrlKey || event.metaKey ? "Ctrl+" : "";
    const box = event.target instanceof HTMLInputElement && event.target.type === "checkbox";
    if ((typing(event.target) && !box && !held) || document.querySelector("dialog[open]")) return;
    const now = event.timeStamp; // when it was pressed, however busy the page is
    const pressed = held
      ? held + event.key.toLowerCase()
      : leader && now - leaderAt < 1500
        ? `${leader} ${event.key}`
        : event.key;
    leader = "";
    const hotkey = [...active].reverse().find((candidate) => candidate.keys === pressed);
    if (hotkey) {
      event.preventDefault();
      hotkey.run();
    } else if (!held && active.some((candidate) => candidate.keys.startsWith(`${event.key} `))) {
      leader = event.key;
      leaderAt = now;
    }
  });
}
