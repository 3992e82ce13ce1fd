import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { PathOf, Row } from "../api/client";
import { useData, useReload } from "../api/data";
import { useHotkeys } from "../keyboard";
import { go, refine, usePlace } from "../router";
import { Icon } from "./icon";
import { Empty, Failed, Loading } from "./states";
import { type Column, Table } from "./table";

/** The filters of a list are in the address, so that a view can be bookmarked, shared and returned to. */
export function useFilters<N extends string>(names: readonly N[]): Record<N, string> {
  const { query } = usePlace();
  return Object.fromEntries(names.map((name) => [name, query.get(name) ?? ""])) as Record<N, string>;
}

/** A text search that follows the typing. "f" focuses it. */
export function Search({ label, name = "q" }: { label: string; name?: string }) {
  const { query } = usePlace();
  const inAddress = query.get(name) ?? "";
  const address = query.toString();
  const [text, setText] = useState(inAddress);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const box = useRef<HTMLInputElement>(null);
  // A change of the address ("Show all", Back) replaces what is being typed.
  useEffect(() => {
    if (document.activeElement === box.current) return;
    clearTimeout(timer.current);
    setText(inAddress);
  }, [address]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useHotkeys([{ keys: "f", label: "Search in the list", run: () => box.current?.select() }]);
  const later = (value: string) => {
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => refine({ [name]: value.trim() }), 220);
  };
  return (
    <div class="search">
      <Icon name="search" />
      <input
        ref={box}
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onInput={(event) => later(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") {
            later("");
            event.currentTarget.blur();
          } else if (event.key === "Enter") {
            clearTimeout(timer.current);
            refine({ [name]: text.trim() });
          }
        }}
      />
    </div>
  );
}

/** A filter with few values, all visible; each is its part of the address ("status=failed"), and "" is no filter. */
export function Tabs({
  label,
  options,
}: {
  label: string;
  options: readonly (readonly [query: string, label: string, count?: number])[];
}) {
  const { query, path } = usePlace();
  const sets = options.map(([text]) => new URLSearchParams(text));
  const names = [...new Set(sets.flatMap((set) => [...set.keys()]))];
  const link = (to: URLSearchParams) => {
    const next = new URLSearchParams(query);
    for (const name of ["cursor", ...names]) next.delete(name);
    for (const [name, value] of to) next.set(name, value);
    const text = next.toString();
    return `/dashboard${path}${text ? `?${text}` : ""}`;
  };
  const isOn = (set: URLSearchParams) => names.every((name) => set.get(name) === (query.get(name) || null));
  return (
    <nav class="tabs" aria-label={label}>
      {options.map(([option, text, count], at) => (
        <a key={option} href={link(sets[at]!)} aria-current={isOn(sets[at]!) ? "true" : undefined}>
          {text}
          {count !== undefined && count > 0 && <span class="count">{count}</span>}
        </a>
      ))}
    </nav>
  );
}

/** A filter from a link that no control shows: it is displayed, and can be removed. */
export function Chip({ name, children }: { name: string; children: ComponentChildren }) {
  const { query } = usePlace();
  if (!query.get(name)) return null;
  return (
    <p class="chip">
      {children}
      <button type="button" class="link" onClick={() => refine({ [name]: "" })}>
        Take this filter out
      </button>
    </p>
  );
}

/** A filter with many values. */
export function Choice({
  name,
  label,
  options,
}: {
  name: string;
  label: string;
  options: readonly (readonly [value: string, label: string])[];
}) {
  const { query } = usePlace();
  const value = query.get(name) ?? "";
  return (
    <select aria-label={label} value={value} onChange={(event) => refine({ [name]: event.currentTarget.value })}>
      {options.map(([option, text]) => (
        <option key={option} value={option} selected={option === value}>
          {text}
        </option>
      ))}
    </select>
  );
}

/** A day as a filter. */
export function DayFilter({ name, label }: { name: string; label: string }) {
  const { query } = usePlace();
  return (
    <label class="day-filter">
      <span>{label}</span>
      <input
        type="date"
        value={query.get(name) ?? ""}
        onChange={(event) => refine({ [name]: event.currentTarget.value })}
      />
    </label>
  );
}

/** A month as a filter. Browsers without a control for months take it as text. */
export function MonthFilter({ name, label }: { name: string; label: string }) {
  const { query } = usePlace();
  return (
    <label class="day-filter">
      <span>{label}</span>
      <input
        type="month"
        placeholder="2026-11"
        pattern="[0-9]{4}-[0-9]{2}"
        value={query.get(name) ?? ""}
        onChange={(event) => refine({ [name]: event.currentTarget.value })}
      />
    </label>
  );
}

/** Filters that are used less often: on a small screen behind a button, unless one of them is set. */
export function MoreFilters({ names, children }: { names: readonly string[]; children: ComponentChildren }) {
  const { query } = usePlace();
  const used = names.some((name) => query.get(name));
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      {!used && (
        <button
          type="button"
          class="narrow-only"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {open ? "Fewer filters" : "More filters"}
        </button>
      )}
      <div id={id} class={open || used ? "more open" : "more"}>
        {children}
      </div>
    </>
  );
}

/** The API's maximum: it is more likely that the wanted row is on the first page. */
const rowsOfPage = 200;

/**
 * A list route on a screen: filters in the address, keyset pages, live. `empty` is the text if there is
 * nothing at all; with filters set, the list has its own text.
 */
export function List<P extends PathOf<"get">>({
  path,
  values = [],
  query,
  filtered,
  live = [],
  caption,
  columns,
  keyOf,
  empty,
  toolbar,
  summary,
  bulk,
  sortable = false,
  tone,
  again,
}: {
  path: P;
  values?: readonly (string | number)[];
  query: Record<string, string | number | boolean | undefined>;
  /** Whether anything narrows the list. */
  filtered: boolean;
  live?: string[];
  caption: string;
  columns: Column<Row<P>>[];
  keyOf: (row: Row<P>) => number | string;
  empty: ComponentChildren;
  toolbar?: ComponentChildren;
  /** What is said of all that is listed, on whatever page. */
  summary?: ComponentChildren;
  /** Acts on the selected rows; `done` says whether they stay selected, for the next step. */
  bulk?: (rows: Row<P>[], done: (keep: boolean) => void) => ComponentChildren;
  sortable?: boolean;
  tone?: (row: Row<P>) => string | undefined;
  /** For data that changes without an event: after how many milliseconds to read again, while these rows are shown. */
  again?: (rows: Row<P>[]) => number | undefined;
}) {
  const place = usePlace();
  const cursor = place.query.get("cursor") ?? "";
  const sort = place.query.get("sort") ?? "";
  const list = useData(path, values, {
    query: { ...query, ...(sortable && { sort }), limit: rowsOfPage, cursor },
    live,
  });
  const page = list.data as { data: Row<P>[]; next_cursor: string | null } | undefined;
  const [chosen, setChosen] = useState<Set<number | string>>(new Set());
  const address = place.query.toString();
  useEffect(() => setChosen(new Set()), [address]);
  useReload(list, page && again?.(page.data));

  const to = (next: string) => {
    const parameters = new URLSearchParams(place.query);
    if (next) parameters.set("cursor", next);
    else parameters.delete("cursor");
    const text = parameters.toString();
    go(text ? `${place.path}?${text}` : place.path);
  };
  const chosenRows = page?.data.filter((row) => chosen.has(keyOf(row))) ?? [];

  return (
    <div class="list">
      {toolbar && <div class="toolbar">{toolbar}</div>}
      {summary}
      {bulk && chosenRows.length > 0 && (
        <div class="bulk" role="group" aria-label="With the chosen rows">
          <span>{chosenRows.length} chosen</span>
          {bulk(chosenRows, (keep) => {
            if (!keep) setChosen(new Set());
            void list.reload();
          })}
          <button type="button" class="link" onClick={() => setChosen(new Set())}>
            Choose none
          </button>
        </div>
      )}
      <div class={list.loading && page ? "refreshing" : ""} aria-busy={list.loading}>
        {page === undefined && list.error !== undefined ? (
          <Failed error={list.error} again={() => void list.reload()} />
        ) : page === undefined ? (
          <Loading rows={8} />
        ) : page.data.length === 0 ? (
          filtered || cursor ? (
            <Empty title="Nothing matches these filters">
              <button type="button" onClick={() => go(place.path)}>
                Show all
              </button>
            </Empty>
          ) : (
            empty
          )
        ) : (
          <Table
            caption={caption}
            columns={columns}
            rows={page.data}
            keyOf={keyOf}
            {...(bulk && { chosen, onChoose: setChosen })}
            {...(sortable && { sort, onSort: (by: string) => refine({ sort: by }) })}
            {...(tone && { tone })}
          />
        )}
      </div>
      {page && (cursor || page.next_cursor) && (
        <nav class="pager" aria-label="Pages">
          {cursor && (
            <>
              <button type="button" onClick={() => to("")}>
                First page
              </button>
              <button type="button" onClick={() => history.back()}>
                Back
              </button>
            </>
          )}
          {page.next_cursor && (
            <button type="button" onClick={() => to(page.next_cursor!)}>
              Next page
            </button>
          )}
        </nav>
      )}
    </div>
  );
}
