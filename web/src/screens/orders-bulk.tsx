import { useState } from "preact/hooks";
import { explain, newKey, post, put, type Body, type Row } from "../api/client";
import { useSession } from "../session";
import { capital } from "../text/words";
import { Dialog, confirmAct, openDialog } from "../ui/dialog";
import { Mood } from "../ui/status";
import { Table } from "../ui/table";
import { notify } from "../ui/toast";
import { printLabels } from "./labels";
import { isInPacking, mayBegin } from "./order-pack";

type Order = Row<"/admin/orders">;

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
  /** For what is final, and is told to customers: what is asked first, of so many orders. */
  final?: (count: number) => string;
  /** Whether another step follows, so that the orders stay chosen. */
  goesOn?: boolean;
  /** Whether there are labels then. */
  labels?: boolean;
}

const ordersOf = (count: number) => (count === 1 ? "1 order" : `${count} orders`);
const ordersAre = (count: number) => (count === 1 ? "1 order is" : `${count} orders are`);

const steps: Step[] = [
  {
    label: "Start packing",
    fits: mayBegin,
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
    goesOn: true,
  },
  {
    label: "Fulfil",
    fits: (order) => order.packable,
    run: (orders) => fulfil(orders, {}),
    done: (count) => (count === 1 ? "1 order has its parcel" : `${count} orders have their parcels`),
    labels: true,
    goesOn: true,
  },
  {
    label: "Mark shipped",
    fits: isInPacking,
    run: (orders) => fulfil(orders, { status: "shipped" }),
    done: (count) => `${ordersAre(count)} on the way`,
    final: (count) => (count === 1 ? "Its parcel has left the house" : "Their parcels have left the house"),
  },
  {
    label: "Mark delivered",
    fits: (order) => order.status === "shipped",
    run: (orders) => fulfil(orders, { status: "delivered" }),
    done: (count) => `${ordersAre(count)} delivered`,
    final: (count) => (count === 1 ? "Its parcel has arrived" : "Their parcels have arrived"),
  },
];

/** What can be done with several orders at once: only the steps that some of them may take. */
export function Bulk({ orders, done }: { orders: Order[]; done: (keep: boolean) => void }) {
  const [busy, setBusy] = useState(false);
  const { mails } = useSession().shop;
  const take = async (step: Step, fitting: Order[]) => {
    const count = fitting.length;
    const told = count === 1 ? "its customer is told" : "their customers are told";
    if (step.final) {
      const sure = await confirmAct({
        title: `${step.label}: ${ordersOf(count)}?`,
        text: (
          <p>
            {step.final(count)}
            {mails && `, and ${told} so by e-mail`}. This cannot be taken back.
          </p>
        ),
        act: step.label,
      });
      if (!sure) return;
    }
    setBusy(true);
    try {
      const results = await step.run(fitting);
      const well = results.filter(({ fault }) => fault === "").map(({ order }) => order);
      const print = step.labels && well.length > 0 ? () => void printLabels({ order_ids: well }) : undefined;
      if (well.length < results.length) void showResults(step.label, results, print);
      else notify(`${step.done(well.length)}${step.final && mails ? `; ${told}` : ""}`, { ...(print && { action: { label: "Print labels", run: print } }) });
    } catch (error) {
      notify(explain(error), { kind: "bad" });
    }
    setBusy(false);
    done(step.goesOn ?? false);
  };
  const packed = orders.filter(isInPacking);
  const count = (fitting: Order[]) => (fitting.length !== orders.length && fitting.length > 0 ? ` (${fitting.length})` : "");
  return (
    <>
      {steps.map((step) => {
        const fitting = orders.filter((order) => step.fits(order));
        return (
          <button key={step.label} type="button" disabled={busy || fitting.length === 0} onClick={() => void take(step, fitting)}>
            {step.label}
            {step.final && "…"}
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
              cell: ({ fault }) => (fault ? <span class="bad">{capital(fault)}</span> : <Mood tone="good">Done</Mood>),
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
