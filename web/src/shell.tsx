import { type ComponentChildren, Fragment } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { connection } from "./api/client";
import { Find } from "./find";
import { activeHotkeys, useHotkeys } from "./keyboard";
import { go, href, usePlace } from "./router";
import { type Role, useMay, useSession } from "./session";
import { setTheme, type Theme, themeNow } from "./theme";
import { Button } from "./ui/button";
import { Dialog } from "./ui/dialog";
import { Icon } from "./ui/icon";
import { Mark } from "./ui/mark";

export interface MenuEntry {
  to: string;
  label: string;
  /** The key to press after "g". */
  key?: string;
  least?: Role;
  count?: number;
}

/** The frame of every screen: the menu, the help, and a notice if orderd cannot be reached. */
export function Shell({
  menu,
  notice,
  trouble,
  signOut,
  children,
}: {
  menu: MenuEntry[][];
  /** What everyone who works here must know: that payments are simulated. */
  notice: string;
  /** Why the shop cannot store anything now, and what to do; empty: all is well. */
  trouble: string;
  signOut: () => Promise<void>;
  children: ComponentChildren;
}) {
  const { user, shop } = useSession();
  const { path } = usePlace();
  const [open, setOpen] = useState(false);
  const [help, setHelp] = useState(false);
  const [finding, setFinding] = useState(false);
  const [reachable, setReachable] = useState(connection.reachable);
  const [theme, pickTheme] = useState<Theme>(themeNow);
  const isOwner = useMay("owner");
  const isStaff = useMay("staff");
  const may = (least?: Role) => !least || least === "viewer" || (least === "owner" ? isOwner : isStaff);
  const groups = menu.map((group) => group.filter((entry) => may(entry.least))).filter((group) => group.length > 0);

  useLayoutEffect(() => setOpen(false), [path]);
  useEffect(() => {
    const offline = () => setReachable(false);
    const online = () => setReachable(true);
    connection.listeners.add(setReachable);
    addEventListener("offline", offline);
    addEventListener("online", online);
    return () => {
      connection.listeners.delete(setReachable);
      removeEventListener("offline", offline);
      removeEventListener("online", online);
    };
  }, []);
  useHotkeys([
    { keys: "/", label: "Search everything", run: () => setFinding(true) },
    { keys: "Ctrl+k", label: "Search everything, while typing too", run: () => setFinding(true) },
    { keys: "?", label: "This help", run: () => setHelp(true) },
    ...groups
      .flat()
      .filter((entry) => entry.key)
      .map((entry) => ({ keys: `g ${entry.key}`, label: `Go to ${entry.label}`, run: () => go(entry.to) })),
  ]);

  const current = (to: string) =>
    (to === "/" ? path === "/" : path === to || path.startsWith(`${to}/`)) ? ("page" as const) : undefined;
  const nextTheme: Record<Theme, Theme> = { auto: "dark", dark: "light", light: "auto" };
  const themeLabel: Record<Theme, string> = {
    auto: "Colours: as the system",
    dark: "Colours: dark",
    light: "Colours: light",
  };

  const brand = (
    <a class="shop-name" href={href("/")}>
      <Mark />
      <span>{shop.name}</span>
    </a>
  );
  return (
    <>
      <a
        class="skip"
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          document.querySelector<HTMLElement>("h1")?.focus();
        }}
      >
        Skip to the content
      </a>
      <div class="shell">
        <header class="top-bar">
          <button
            type="button"
            class="icon-button"
            aria-label="Menu"
            aria-expanded={open}
            onClick={() => setOpen(true)}
          >
            <Icon name="menu" />
          </button>
          {brand}
          <button type="button" class="icon-button" aria-label="Search everything" onClick={() => setFinding(true)}>
            <Icon name="search" />
          </button>
        </header>
        {open && <button type="button" class="scrim" aria-label="Close the menu" onClick={() => setOpen(false)} />}
        <nav
          aria-label="Main"
          class={open ? "side open" : "side"}
          onKeyDown={(event) => {
            if (event.key === "Escape") setOpen(false);
          }}
        >
          {brand}
          <button type="button" class="find-button" aria-label="Search everything" onClick={() => setFinding(true)}>
            <Icon name="search" />
            <span>Search…</span>
            <kbd>/</kbd>
          </button>
          {groups.map((group) => (
            <ul key={group[0]!.to}>
              {group.map((entry) => (
                <li key={entry.to}>
                  <a href={href(entry.to)} aria-current={current(entry.to)} onClick={() => setOpen(false)}>
                    {entry.label}
                    {entry.count ? <span class="count">{entry.count > 999 ? "999+" : entry.count}</span> : null}
                  </a>
                </li>
              ))}
            </ul>
          ))}
          <div class="side-foot">
            <a href={href("/account")} aria-current={current("/account")}>
              {user.username}
              <small class="muted"> · {user.role}</small>
            </a>
            <button
              type="button"
              onClick={() => {
                setTheme(nextTheme[theme]);
                pickTheme(nextTheme[theme]);
              }}
            >
              {themeLabel[theme]}
            </button>
            <button type="button" onClick={() => setHelp(true)}>
              Keyboard help
            </button>
            <Button onPress={signOut}>Sign out</Button>
          </div>
        </nav>
        <div>
          {!reachable && (
            <p class="banner" role="alert">
              orderd cannot be reached. What you see is how things were; it continues automatically once the connection
              is back.
            </p>
          )}
          {trouble && (
            <p class="notice bad" role="alert">
              {trouble}
            </p>
          )}
          {notice && (
            <aside class="notice warn" aria-label="Simulated payments">
              {notice}
            </aside>
          )}
          <main id="content">
            <div class="wrap">{children}</div>
          </main>
        </div>
      </div>
      {help && <Help onClose={() => setHelp(false)} />}
      {finding && <Find onClose={() => setFinding(false)} />}
    </>
  );
}

/** The keys of lists; the help shows them on every screen, so that they can be learnt early. */
const inLists: [keys: string, label: string][] = [
  ["f", "Search in the list"],
  ["j", "Next row"],
  ["k", "Row before"],
  ["Enter", "Open the row"],
];

function Help({ onClose }: { onClose: () => void }) {
  const listed = new Set(inLists.map(([keys]) => keys));
  const row = (keys: string, label: string) => (
    <Fragment key={keys}>
      <dt>
        {keys.split(/[ +]/).map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{label}</dd>
    </Fragment>
  );
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <div class="dialog-body" tabIndex={0} data-first>
        <dl class="keys">
          {activeHotkeys()
            .filter(({ keys }) => !listed.has(keys))
            .map(({ keys, label }) => row(keys, label))}
          {row("Esc", "Close, or leave the search")}
        </dl>
        <h3>In lists</h3>
        <dl class="keys">{inLists.map(([keys, label]) => row(keys, label))}</dl>
      </div>
    </Dialog>
  );
}
