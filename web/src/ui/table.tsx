import { Component, type ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useHotkeys } from "../keyboard";

export interface Column<R> {
  head: string;
  cell: (row: R) => ComponentChildren;
  /** Figures are right-aligned. */
  end?: boolean;
  /** Hidden below this width of the window. */
  from?: "medium" | "large";
  /** The column's name in the query when sorting by it. */
  sort?: string;
  class?: string;
  /** Buttons: its head is for screen readers only. */
  acts?: boolean;
}

/**
 * Rows as a real table. Each row's first link stands for the row: j and k step through them, Enter opens it, a click in
 * the row does too. Rows can be selected if `chosen` is given.
 */
export function Table<R>({
  caption,
  columns,
  rows,
  keyOf,
  chosen,
  onChoose,
  sort,
  onSort,
  steps = true,
  tone,
  foot = [],
}: {
  caption: string;
  columns: Column<R>[];
  rows: R[];
  keyOf: (row: R) => number | string;
  chosen?: Set<number | string>;
  onChoose?: (chosen: Set<number | string>) => void;
  sort?: string;
  onSort?: (sort: string) => void;
  steps?: boolean;
  tone?: (row: R) => string | undefined;
  /** Rows of sums at the foot, with a cell for each column. */
  foot?: ComponentChildren[][];
}) {
  const body = useRef<HTMLTableSectionElement>(null);
  const lastChosen = useRef<number>(-1);
  const step = (by: number) => {
    const links = [...body.current!.querySelectorAll<HTMLElement>("tr")].map((row) => row.querySelector("a") ?? row);
    const at = links.findIndex((link) => link.closest("tr")!.contains(document.activeElement));
    const next = links[Math.min(links.length - 1, Math.max(0, at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  const choose = (index: number, on: boolean, range: boolean) => {
    const next = new Set(chosen);
    const from = range && lastChosen.current >= 0 ? lastChosen.current : index;
    for (let at = Math.min(from, index); at <= Math.max(from, index); at++) {
      const row = rows[at];
      if (row === undefined) continue;
      if (on) next.add(keyOf(row));
      else next.delete(keyOf(row));
    }
    lastChosen.current = index;
    onChoose!(next);
  };
  useHotkeys(
    steps
      ? [
          { keys: "j", label: "Next row", run: () => step(1) },
          { keys: "k", label: "Row before", run: () => step(-1) },
          ...(onChoose
            ? [
                {
                  keys: "x",
                  label: "Choose the row",
                  run: () => {
                    const row = document.activeElement?.closest("tr");
                    const index = row ? [...body.current!.children].indexOf(row) : -1;
                    if (index >= 0) choose(index, !chosen!.has(keyOf(rows[index]!)), false);
                  },
                },
              ]
            : []),
        ]
      : [],
  );
  // The same function for the table's lifetime, so that it causes no row to redraw.
  const latest = useRef(choose);
  latest.current = choose;
  const chooseRow = useRef<Choose>((...how) => latest.current(...how)).current;
  const all = useRef<HTMLInputElement>(null);
  const some = chosen ? rows.filter((row) => chosen.has(keyOf(row))).length : 0;
  useEffect(() => {
    if (all.current) all.current.indeterminate = some > 0 && some < rows.length;
  });

  return (
    <div class="table-frame">
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {chosen && (
              <th class="choose" scope="col">
                <label>
                  <span class="unseen">Choose all rows</span>
                  <input
                    ref={all}
                    type="checkbox"
                    checked={rows.length > 0 && some === rows.length}
                    onChange={(event) => onChoose!(event.currentTarget.checked ? new Set(rows.map(keyOf)) : new Set())}
                  />
                </label>
              </th>
            )}
            {columns.map((column) => {
              const by = sort?.replace(/^-/, "") === column.sort && column.sort ? sort : undefined;
              return (
                <th
                  key={column.head}
                  scope="col"
                  class={classOf(column)}
                  aria-sort={by ? (by.startsWith("-") ? "descending" : "ascending") : undefined}
                >
                  {column.sort && onSort ? (
                    <button
                      type="button"
                      class="sort"
                      onClick={() => onSort(by === column.sort ? `-${column.sort}` : column.sort!)}
                    >
                      {column.head}
                      <span aria-hidden="true">{by ? (by.startsWith("-") ? " ↓" : " ↑") : ""}</span>
                    </button>
                  ) : column.acts ? (
                    <span class="unseen">{column.head}</span>
                  ) : (
                    column.head
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row, index) => {
            const key = keyOf(row);
            return (
              <TableRow
                key={key}
                id={key}
                row={row}
                index={index}
                columns={columns}
                tone={tone?.(row) ?? ""}
                chosen={chosen?.has(key)}
                choose={chooseRow}
              />
            );
          })}
        </tbody>
        {foot.length > 0 && (
          <tfoot>
            {foot.map((cells, row) => (
              <tr key={row}>
                {columns.map((column, index) =>
                  index === 0 ? (
                    <th key={column.head} scope="row" class={classOf(column)}>
                      {cells[index]}
                    </th>
                  ) : (
                    <td key={column.head} class={classOf(column)}>
                      {cells[index]}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tfoot>
        )}
      </table>
    </div>
  );
}

const classOf = <R,>({ end, acts, from, class: own }: Column<R>) =>
  [end && "number", acts && "row-acts", from, own].filter(Boolean).join(" ");

type Choose = (index: number, on: boolean, range: boolean) => void;

interface RowProps<R> {
  id: number | string;
  row: R;
  index: number;
  columns: Column<R>[];
  tone: string;
  /** Undefined if rows cannot be selected. */
  chosen: boolean | undefined;
  choose: Choose;
}

/** A row, redrawn only if something in it changed: selecting one of 200 must not redraw the others. */
class TableRow<R> extends Component<RowProps<R>> {
  override shouldComponentUpdate(next: RowProps<R>): boolean {
    return (Object.keys(next) as (keyof RowProps<R>)[]).some((name) => next[name] !== this.props[name]);
  }

  override render({ id, row, index, columns, tone, chosen, choose }: RowProps<R>) {
    return (
      <tr onClick={openRow} class={`${chosen ? "chosen" : ""} ${tone}`}>
        {chosen !== undefined && (
          <td class="choose">
            <label>
              <span class="unseen">Choose {String(id)}</span>
              <input
                type="checkbox"
                checked={chosen}
                onClick={(event) => choose(index, event.currentTarget.checked, event.shiftKey)}
              />
            </label>
          </td>
        )}
        {columns.map((column) => (
          <td key={column.head} class={classOf(column)}>
            {column.cell(row)}
          </td>
        ))}
      </tr>
    );
  }
}

function openRow(event: MouseEvent) {
  const target = event.target as Element;
  if (target.closest("a, button, input, select, label") || String(getSelection())) return;
  const link = (event.currentTarget as Element).querySelector("a");
  if (!link) return;
  if (event.metaKey || event.ctrlKey) window.open(link.href, "_blank");
  else link.click();
}
