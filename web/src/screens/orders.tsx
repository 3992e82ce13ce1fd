import { useState } from "preact/hooks";
import { explain, newKey, post, put, type Body, type Row } from "../api/client";
import { useData } from "../api/data";
import { href, refine } from "../router";
import { useMay, useSession } from "../session";
import { endOfDay, startOfDay } from "../text/time";
import { Dialog, openDialog } from "../ui/dialog";
import { Choice, DayFilter, List, MoreFilters, Search, Tabs, useFilters } from "../ui/list";
import { Page } from "../ui/page";
import { Empty } from "../ui/states";
import { Mood, Status } from "../ui/status";
import { Table } from "../ui/table";
import { Money, When } from "../ui/text";
import { notify } from "../ui/toast";
import { printLabels } from "./labels";

type Order = Row<"/admin/orders">;

export const toPack = "paid,processing,partially_shipped";

const tabs = [
  ["", "All"],
  [toPack, "To pack"],
  ["pending", "Pending"],
  ["shipped", "Shipped"],
  ["delivered", "Delivered"],
  ["cancelled,expired,returned", "Closed"],
] as const;

export default function Orders() {
  const filters = useFilters(["status", "q", "from", "to", "managed_by", "customer_id", "product_id"] as const);
  const { user } = useSession();
  const mayChange = useMay("staff");
  const stats = useData("/admin/stats", [], { live: ["order."] }).data;
  const query = { ...filters, from: startOfDay(filters.from), to: endOfDay(filters.to) };

  return (
    <Page
      title="Orders"
      actions={
        <a class="button" href="/admin/orders/export" download>
          Export
        </a>
      }
    >
      <List
        path="/admin/orders"
        query={query}
        filtered={Object.values(filters).some(Boolean)}
        live={["order.", "payment.", "shipment."]}
        caption="Orders, newest first"
        keyOf={(order: Order) => order.id}
        tone={(order: Order) => (["cancelled", "expired"].includes(order.status) ? "dim" : undefined)}
        empty={
          <Empty title="No orders yet">
            The first one shows here by itself, the moment it is placed.
          </Empty>
        }
        toolbar={
          <>
            <Tabs
              name="status"
              label="Status"
              options={tabs.map(([value, label]) => [value, label, value === toPack ? stats?.to_pack : undefined] as const)}
            />
            <Search label="Number, name, e-mail or phone" />
            <MoreFilters names={["managed_by", "from", "to"]}>
            <Choice
              name="managed_by"
              label="Managed by"
              options={[
                ["", "Everyone's"],
                [String(user.id), "Mine"],
              ]}
            />
            <DayFilter name="from" label="From" />
            <DayFilter name="to" label="to" />
            </MoreFilters>
            {(filters.customer_id || filters.product_id) && (
              <p class="chip">
                {filters.customer_id ? (
                  <>
                    Of <a href={href(`/customers/${filters.customer_id}`)}>customer {filters.customer_id}</a>
                  </>
                ) : (
                  <>
                    With <a href={href(`/inventory/${filters.product_id}`)}>product {filters.product_id}</a>
                  </>
                )}
                <button type="button" class="link" onClick={() => refine({ customer_id: "", product_id: "" })}>
                  All orders
                </button>
              </p>
            )}
          </>
        }
        columns={[
          {
            head: "Order",
            cell: (order: Order) => (
              <>
                <a href={href(`/orders/${order.id}`)}>{order.id}</a>
                <span class="second narrow-only">{order.customer_name || "erased"}</span>
              </>
            ),
          },
          {
            head: "Customer",
            class: "wide-only wrap-anywhere",
            cell: (order: Order) => order.customer_name || <span class="muted">erased</span>,
          },
          { head: "Status", cell: (order: Order) => <Status kind="order" value={order.status} /> },
          {
            head: "Payment",
            from: "medium",
            cell: (order: Order) =>
              order.payment_status ? <Status kind="payment" value={order.payment_status} /> : <span class="muted">none yet</span>,
          },
          { head: "Units", end: true, from: "medium", cell: (order: Order) => order.units },
          { head: "Total", end: true, cell: (order: Order) => <Money minor={order.total} currency={order.currency} /> },
          { head: "Managed by", from: "large", cell: (order: Order) => order.managed_by.username },
          { head: "Placed", end: true, from: "medium", cell: (order: Order) => <When at={order.created_at} /> },
        ]}
        {...(mayChange && { bulk: (rows: Order[], done: () => void) => <Bulk orders={rows} done={done} /> })}
      />
    </Page>
  );
}

const fulfil = (orders: Order[], body: Omit<Body<"/orders/bulk/fulfillment", "post">, "order_ids">) =>
  post("/orders/bulk/fulfillment", [], { body: { ...body, order_ids: orders.map(({ id }) => id) }, idempotencyKey: newKey() }).then(
    ({ results }) => results.map(({ order_id, code, detail }): Result => ({ order: order_id, fault: code === null ? "" : detail || code })),
  );

/** What became of one order of many; `fault` empty: it went well. */
interface Result {
  order: number;
  fault: string;
}

interface Step {
  label: string;
  /** Whether an order may take it. */
  fits: (order: Order) => boolean;
  run: (orders: Order[]) => Promise<Result[]>;
  done: (count: number) => string;
  /** Whether there are labels then. */
  labels?: boolean;
}

const ordersAre = (count: number) => (count === 1 ? "1 order is" : `${count} orders are`);

const steps: Step[] = [
  {
    label: "Start packing",
    fits: (order) => order.status === "paid",
    run: (orders) =>
      Promise.all(
        orders.map(({ id, version }) =>
          put("/admin/orders/{id}", [id], { body: { status: "processing" }, version }).then(
            () => ({ order: id, fault: "" }),
            (error: unknown) => ({ order: id, fault: explain(error) }),
          ),
        ),
      ),
    done: (count) => `${ordersAre(count)} being packed`,
  },
  {
    label: "Fulfil",
    fits: (order) => ["paid", "processing", "partially_shipped"].includes(order.status),
    run: (orders) => fulfil(orders, {}),
    done: (count) => (count === 1 ? "1 order has its parcel" : `${count} orders have their parcels`),
    labels: true,
  },
  {
    label: "Mark shipped",
    fits: (order) => ["processing", "partially_shipped"].includes(order.status),
    run: (orders) => fulfil(orders, { status: "shipped" }),
    done: (count) => `${ordersAre(count)} on the way`,
  },
  {
    label: "Mark delivered",
    fits: (order) => order.status === "shipped",
    run: (orders) => fulfil(orders, { status: "delivered" }),
    done: (count) => `${ordersAre(count)} delivered`,
  },
];

/** What can be done with several orders at once: only the steps that some of them may take. */
function Bulk({ orders, done }: { orders: Order[]; done: () => void }) {
  const [busy, setBusy] = useState(false);
  const take = async (step: Step, fitting: Order[]) => {
    setBusy(true);
    try {
      const results = await step.run(fitting);
      const well = results.filter(({ fault }) => fault === "").map(({ order }) => order);
      const print = step.labels && well.length > 0 ? () => void printLabels({ order_ids: well }) : undefined;
      if (well.length < results.length) void showResults(step.label, results, print);
      else notify(step.done(well.length), { ...(print && { action: { label: "Print labels", run: print } }) });
    } catch (error) {
      notify(explain(error), { kind: "bad" });
    }
    setBusy(false);
    done();
  };
  const packed = orders.filter((order) => ["processing", "partially_shipped"].includes(order.status));
  const count = (fitting: Order[]) => (fitting.length !== orders.length && fitting.length > 0 ? ` (${fitting.length})` : "");
  return (
    <>
      {steps.map((step) => {
        const fitting = orders.filter(step.fits);
        return (
          <button key={step.label} type="button" disabled={busy || fitting.length === 0} onClick={() => void take(step, fitting)}>
            {step.label}
            {count(fitting)}
          </button>
        );
      })}
      <button
        type="button"
        disabled={busy || packed.length === 0}
        onClick={() => void printLabels({ order_ids: packed.map(({ id }) => id) })}
      >
        Print labels{count(packed)}
      </button>
    </>
  );
}

/** Order by order, where not all went well: what failed stands first. */
const showResults = (what: string, results: Result[], print?: () => void) =>
  openDialog<void>((close) => (
    <Dialog title={what} onClose={close} wide>
      <div class="dialog-body" tabIndex={0} data-first>
        <Table
          caption="Order by order"
          steps={false}
          rows={[...results].sort((a, b) => Number(a.fault === "") - Number(b.fault === ""))}
          keyOf={({ order }) => order}
          columns={[
            { head: "Order", cell: ({ order }) => order },
            {
              head: "What came of it",
              class: "wrap-anywhere",
              cell: ({ fault }) => (fault ? <span class="bad">{fault}</span> : <Mood tone="good">Done</Mood>),
            },
          ]}
        />
      </div>
      <footer class="actions">
        {print && (
          <button type="button" onClick={print}>
            Print labels
          </button>
        )}
        <button type="button" class="primary" onClick={() => close()}>
          Close
        </button>
      </footer>
    </Dialog>
  ));
