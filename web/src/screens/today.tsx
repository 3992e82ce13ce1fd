import { useMemo } from "preact/hooks";
import { type Answer, newKey, post } from "../api/client";
import { useData } from "../api/data";
import { href, refine, usePlace } from "../router";
import { useMay, useSession } from "../session";
import { money, moneyRound } from "../text/money";
import { byteSize } from "../text/size";
import { calendarDate, dateOnly, dayOf, today, useTicking } from "../text/time";
import { Button } from "../ui/button";
import { TakingsChart } from "../ui/chart";
import { Page, Section } from "../ui/page";
import { Empty, Failed, Loading } from "../ui/states";
import { Status } from "../ui/status";
import { Money, When } from "../ui/text";
import { notify } from "../ui/toast";
import { SetUpChecklist } from "./checklist";
import { awaiting, unpaid } from "./orders";

type Stats = Answer<"/admin/stats", "get">;

const spans = [
  ["7", "7 days"],
  ["30", "30 days"],
  ["90", "90 days"],
  ["365", "Year"],
] as const;

const live = ["order.", "payment.", "shipment.", "alert.", "job.", "stock.", "product.", "setting.", "return_request."];

/** What is waiting, and how sales go. Each figure links to its list. */
export default function Today() {
  const { query } = usePlace();
  const { shop } = useSession();
  const isOwner = useMay("owner");
  const days = spans.some(([value]) => value === query.get("days")) ? query.get("days")! : "30";
  const stats = useData("/admin/stats", [], { live });
  const sales = useData("/admin/stats/sales", [], { query: { days }, live });
  const data = stats.data;
  return (
    <Page title="Today" heading={today()}>
      {!data ? (
        stats.error !== undefined ? (
          <Failed error={stats.error} again={() => void stats.reload()} />
        ) : (
          <Loading rows={10} />
        )
      ) : (
        <>
          <div class="figures">
            <Figure count={data.to_pack} label={data.to_pack === 1 ? "order to pack" : "orders to pack"} to="/pack" />
            <Figure count={data.pending} label="waiting for payment" to={`/orders?${unpaid}`} />
            {data.awaiting_stock > 0 && (
              <Figure
                count={data.awaiting_stock}
                label={data.awaiting_stock === 1 ? "order awaits stock" : "orders await stock"}
                to={`/orders?${awaiting}`}
              />
            )}
            {data.failed_payments > 0 && (
              <Figure
                count={data.failed_payments}
                label={
                  data.failed_payments === 1 ? "open order whose payment failed" : "open orders whose payment failed"
                }
                to="/payments?status=failed&order_status=pending"
                tone="bad"
              />
            )}
            {data.disputed_payments > 0 && (
              <Figure
                count={data.disputed_payments}
                label={data.disputed_payments === 1 ? "payment disputed" : "payments disputed"}
                to="/payments?status=disputed"
                tone="bad"
              />
            )}
            {data.troubled_orders > 0 && (
              <Figure
                count={data.troubled_orders}
                label={
                  data.troubled_orders === 1 ? "order with a parcel in trouble" : "orders with a parcel in trouble"
                }
                to="/orders?in_trouble=true"
                tone="bad"
              />
            )}
            {data.refunds_to_send > 0 && (
              <Figure
                count={data.refunds_to_send}
                label={data.refunds_to_send === 1 ? "refund to send" : "refunds to send"}
                to="/payments?refund_to_be_sent=true"
                tone="warn"
              />
            )}
            {data.return_requests > 0 && (
              <Figure
                count={data.return_requests}
                label={data.return_requests === 1 ? "withdrawal or return" : "withdrawals and returns"}
                to="/return-requests"
                tone="warn"
              />
            )}
            <Figure
              count={data.low_stock}
              label={data.low_stock === 1 ? "product runs low" : "products run low"}
              to="/alerts"
              tone="warn"
            />
            <Figure
              count={data.dead_jobs}
              label={data.dead_jobs === 1 ? "task was given up" : "tasks were given up"}
              to="/jobs?status=dead"
              tone="bad"
            />
          </div>
          {isOwner && <SetUpChecklist />}
          <Backup stats={data} isOwner={isOwner} />
          <Room of={data.database} />
          {data.large_holds > 0 && <LargeHolds />}
          <div class="columns">
            <div class="stack">
              <Section
                title="Takings and orders"
                actions={
                  <div class="segments" role="group" aria-label="Span of time">
                    {spans.map(([value, label]) => (
                      <button
                        key={value}
                        type="button"
                        aria-pressed={value === days}
                        onClick={() => refine({ days: value })}
                      >
                        {label}
                      </button>
                    ))}
                  </div>
                }
              >
                {sales.data ? (
                  <Takings days={sales.data.days} />
                ) : sales.error !== undefined ? (
                  <Failed error={sales.error} again={() => void sales.reload()} />
                ) : (
                  <Loading rows={7} />
                )}
              </Section>
              <Newest />
            </div>
            <Section title="Most sold">
              {!sales.data ? (
                <Loading rows={5} />
              ) : sales.data.top_products.length === 0 ? (
                <Empty title="Nothing sold in this time" />
              ) : (
                <ol class="bars">
                  {sales.data.top_products.map((product) => (
                    <li key={product.product_id}>
                      <a href={href(`/inventory/${product.product_id}`)} title={product.name}>
                        {product.name}
                      </a>
                      <span>
                        {product.units} <span class="muted">· {money(product.revenue, shop.currency)}</span>
                      </span>
                      <i
                        style={{ width: `${Math.max(2, (100 * product.units) / sales.data!.top_products[0]!.units)}%` }}
                      />
                    </li>
                  ))}
                </ol>
              )}
            </Section>
          </div>
        </>
      )}
    </Page>
  );
}

/** Unpaid orders that hold over half of a product's stock, so that staff decide whether they may. */
function LargeHolds() {
  const mayChange = useMay("staff");
  const list = useData("/admin/orders/large-holds", [], { live });
  const release = async (order: number, version: number) => {
    try {
      await post("/orders/{id}/cancel", [order], {
        body: { reason: "Released: not paid" },
        version,
        idempotencyKey: newKey(),
      });
      notify(`Order ${order} is cancelled, its stock on sale again`);
    } finally {
      await list.reload();
    }
  };
  const holds = list.data?.data ?? [];
  if (holds.length === 0) return null;
  return (
    <Section title="Unpaid orders that hold most of a product">
      <ul class="rows">
        {holds.map((hold) => (
          <li key={`${hold.order_id}-${hold.product_id}`}>
            <a href={href(`/orders/${hold.order_id}`)}>{hold.order_id}</a>
            <span class="wrap-anywhere">
              {hold.quantity} of {hold.on_hand + hold.beyond_limit} ×{" "}
              <a href={href(`/inventory/${hold.product_id}`)}>{hold.name}</a>
            </span>
            <span class="muted">
              until <When at={hold.expires_at} />
            </span>
            {mayChange && <Button onPress={() => release(hold.order_id, hold.version)}>Release</Button>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The age of the newest backup, from which everything else could be restored. */
function Backup({ stats, isOwner }: { stats: Stats; isOwner: boolean }) {
  useTicking();
  const at = stats.last_backup_at;
  // Owners see that in their checklist, until they confirm that something else makes backups.
  if (!stats.backups_scheduled)
    return isOwner ? null : (
      <p class="muted lead-in">
        No backups are made automatically. If nothing else makes them, ask whoever runs the server to name a folder for
        them (<code>backup-dir</code> in its configuration).
      </p>
    );
  if (at === null) return <p class="muted lead-in">There is no backup yet; the first is made within the hour.</p>;
  const late = stats.backup_late_at !== null && Date.now() > Date.parse(stats.backup_late_at);
  return (
    <p class={late ? "notice warn lead-in" : "muted lead-in"} role={late ? "alert" : undefined}>
      Newest backup: <When at={at} ago />.
      {late && " The one after it was not made: look at the server's log, and at its disk."}
    </p>
  );
}

/** Nothing, until the disk is full so soon that somebody has to see to it. */
function Room({ of }: { of: Stats["database"] }) {
  if (!of.is_short || of.full_at === null || of.week_bytes === null) return null;
  return (
    <p class="notice warn lead-in" role="alert">
      The disk is full around {dateOnly(of.full_at)} if the shop grows as it does: it takes {byteSize(of.bytes)} now,{" "}
      {byteSize(of.week_bytes)} more each week, and {byteSize(of.disk_free_bytes)} are free. Orders are refused on a
      full disk.
    </p>
  );
}

function Figure({ count, label, to, tone = "" }: { count: number; label: string; to: string; tone?: string }) {
  return (
    <a class={count === 0 ? "calm" : ""} href={href(to)}>
      <strong class={count > 0 ? tone : ""}>{new Intl.NumberFormat().format(count)}</strong>
      {label}
    </a>
  );
}

/** The orders that are counted. */
const counted = "pending,paid,processing,partially_shipped,shipped,delivered,returned";

function Takings({ days }: { days: readonly { date: string; orders: number; takings: number }[] }) {
  const { currency } = useSession().shop;
  const points = useMemo(() => days.map(({ date, orders, takings }) => ({ at: dayOf(date), orders, takings })), [days]);
  const total = days.reduce((sum, each) => sum + each.takings, 0);
  const orders = days.reduce((sum, each) => sum + each.orders, 0);
  return (
    <>
      <p class="pad chart-total">
        <strong>{money(total, currency)}</strong> <span class="muted">taken in, and</span>{" "}
        <a href={href(`/orders?status=${counted}&from=${days[0]!.date}`)}>
          {orders === 1 ? "1 order" : `${orders} orders`}
        </a>{" "}
        <span class="muted">placed.</span> <a href={href("/reports")}>Reports</a>
      </p>
      <TakingsChart
        points={points}
        takings={(minor) => money(minor, currency)}
        scale={(minor) => moneyRound(minor, currency)}
        at={calendarDate}
      />
    </>
  );
}

function Newest() {
  const list = useData("/admin/orders", [], { query: { limit: 8 }, live });
  const orders = list.data?.data;
  return (
    <Section title="Newest orders" actions={<a href={href("/orders")}>All orders</a>}>
      {!orders ? (
        <Loading rows={4} />
      ) : orders.length === 0 ? (
        <Empty title="No orders yet">The first one appears here automatically.</Empty>
      ) : (
        <ul class="rows">
          {orders.map((order) => (
            <li key={order.id}>
              <a href={href(`/orders/${order.id}`)}>{order.id}</a>
              <span class="wrap-anywhere">{order.customer_name || <span class="muted">erased</span>}</span>
              <Status kind="order" value={order.status} />
              <span class="number">
                <Money minor={order.total} currency={order.currency} />
              </span>
              <span class="muted number">
                <When at={order.created_at} ago />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
