import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { type Answer, explain } from "./api/client";
import { useData } from "./api/data";
import { go, href } from "./router";
import { useSession } from "./session";
import { money } from "./text/money";
import { dateOnly } from "./text/time";
import { capital } from "./text/words";
import { Dialog } from "./ui/dialog";
import { Icon } from "./ui/icon";
import { Status, statusLabel } from "./ui/status";

type Results = Answer<"/admin/search", "get">;

/** A row of the results: where it leads to, and what is typed when exactly this is meant. */
interface Hit {
  to: string;
  exact: string;
  title: ComponentChildren;
  about: ComponentChildren;
}
interface Group {
  name: string;
  hits: Hit[];
  /** The list with all of them, if there are more. */
  all?: string;
}

function groupsOf(found: Results, text: string): Group[] {
  const all = (more: boolean, list: string) => (more ? { all: `${list}?q=${encodeURIComponent(text)}` } : {});
  const groups: Group[] = [
    {
      name: "Orders",
      hits: found.orders.data.map((order) => ({
        to: `/orders/${order.id}`,
        exact: String(order.id),
        title: `${order.id} · ${order.customer_name || "erased"}`,
        about: (
          <>
            <Status kind="order" value={order.status} /> · {money(order.total, found.currency)} ·{" "}
            {dateOnly(order.placed_at)}
          </>
        ),
      })),
      ...all(found.orders.more, "/orders"),
    },
    {
      name: "Customers",
      hits: found.customers.data.map((customer) => ({
        to: `/customers/${customer.id}`,
        exact: customer.email,
        title: customer.name || "erased",
        about: `${customer.email}${customer.has_account ? "" : " · guest"}`,
      })),
      ...all(found.customers.more, "/customers"),
    },
    {
      name: "Products",
      hits: found.products.data.map((product) => ({
        to: `/inventory/${product.id}`,
        exact: product.sku,
        title: product.name,
        about: `${product.sku} · ${money(product.price, found.currency)}${
          product.status === "active" ? "" : ` · ${statusLabel("product", product.status).toLowerCase()}`
        }`,
      })),
      ...all(found.products.more, "/inventory"),
    },
    {
      name: "Parcels",
      hits: found.parcels.data.map((parcel) => ({
        to: `/orders/${parcel.order_id}`,
        exact: "",
        title: parcel.tracking_number,
        about: `Order ${parcel.order_id} · ${statusLabel("shipment", parcel.status).toLowerCase()}`,
      })),
    },
    {
      name: "Documents",
      hits: found.documents.data.map((document) => ({
        to: `/orders/${document.order_id}`,
        exact: document.number,
        title: `${capital(document.kind.replaceAll("_", " "))} ${document.number}`,
        about: `Order ${document.order_id} · ${money(document.total, found.currency)}`,
      })),
    },
  ];
  return groups.filter(({ hits }) => hits.length > 0);
}

const pause = 150; // milliseconds: between two letters of somebody who types

/** What is typed, once it was not typed on for a moment. */
function useSettled(text: string): [string, () => void] {
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause);
    return () => clearTimeout(timer);
  }, [text]);
  return [settled, () => setSettled(text)];
}

/**
 * The one search over all that the shop has. The arrows choose, Enter opens: at once, too, as scanners press it, before
 * anything was found.
 */
export function Find({ onClose }: { onClose: () => void }) {
  const { shop } = useSession();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const hurry = useRef(false);
  const text = typed.trim();
  const [asked, askNow] = useSettled(text);
  const found = useData(asked ? "/admin/search" : undefined, [], { query: { q: asked } });
  const isCurrent = asked === text && !found.loading && found.data !== undefined;
  const groups = asked && found.data ? groupsOf(found.data, asked) : [];
  const rows = groups.flatMap(({ name, hits, all }) => [
    ...hits.map(({ to, exact }) => ({ to, exact })),
    ...(all ? [{ to: all, exact: "", label: name }] : []),
  ]);
  const meant = text.replace(/^#/, "").toLowerCase();
  const exact = rows.findIndex((row) => row.exact !== "" && row.exact.toLowerCase() === meant);
  const active = chosen ?? Math.max(exact, 0);

  const open = (at: number) => {
    const row = rows[at];
    if (!row) return;
    onClose();
    go(row.to);
  };
  useEffect(() => setChosen(undefined), [asked]);
  useEffect(() => {
    if (!isCurrent || !hurry.current) return;
    hurry.current = false;
    open(active);
  }, [isCurrent, found.data]);
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [active]);

  const keys: Record<string, () => void> = {
    ArrowDown: () => setChosen(rows.length ? (active + 1) % rows.length : undefined),
    ArrowUp: () => setChosen(rows.length ? (active + rows.length - 1) % rows.length : undefined),
    Enter: () => {
      if (isCurrent) open(active);
      else if (text) {
        hurry.current = true;
        askNow();
        if (found.error !== undefined && !found.loading) void found.reload();
      }
    },
  };
  let at = 0;
  const option = (to: string, content: ComponentChildren) => {
    const place = at++;
    return (
      <a
        key={place}
        id={`${id}-${place}`}
        role="option"
        tabIndex={-1}
        aria-selected={place === active}
        href={href(to)}
        onClick={onClose}
      >
        {content}
      </a>
    );
  };
  return (
    <Dialog title={`Search ${shop.name}`} onClose={onClose}>
      <div class="find">
        <div class="search">
          <Icon name="search" />
          <input
            data-first
            type="search"
            role="combobox"
            aria-label="Search"
            aria-expanded={rows.length > 0}
            aria-controls={rows.length > 0 ? `${id}-rows` : undefined}
            aria-autocomplete="list"
            aria-activedescendant={rows.length > 0 ? `${id}-${active}` : undefined}
            placeholder="Order, name, e-mail, phone, SKU, parcel…"
            autoComplete="off"
            spellcheck={false}
            maxLength={254}
            value={typed}
            onInput={(event) => {
              hurry.current = false;
              setTyped(event.currentTarget.value);
            }}
            onKeyDown={(event) => {
              const act = keys[event.key];
              if (!act || event.isComposing) return;
              event.preventDefault();
              act();
            }}
          />
        </div>
        <p class="muted" role="status">
          {found.error !== undefined && text
            ? explain(found.error)
            : !text
              ? "Numbers, e-mail addresses and SKUs whole; names from three letters; towns and postcodes as whole words."
              : isCurrent && rows.length === 0
                ? `Nothing is found by “${text}”.`
                : ""}
        </p>
        {rows.length > 0 && (
          <div id={`${id}-rows`} role="listbox" aria-label="Found">
            {groups.map(({ name, hits, all }) => (
              <div key={name} role="group" aria-labelledby={`${id}-${name}`}>
                <div id={`${id}-${name}`} class="find-group">
                  {name}
                </div>
                {hits.map(({ to, title, about }) =>
                  option(
                    to,
                    <>
                      <span>{title}</span>
                      <small class="muted">{about}</small>
                    </>,
                  ),
                )}
                {all && option(all, <span>{`All ${name.toLowerCase()} found`}</span>)}
              </div>
            ))}
          </div>
        )}
      </div>
    </Dialog>
  );
}
