import { useState } from "preact/hooks";
import { type Body, explain, newKey, post, put, type Row } from "../api/client";
import { useSession } from "../session";
import { capital } from "../text/words";
import { Button } from "../ui/button";
import { confirmAct, Dialog, openDialog } from "../ui/dialog";
import { Mood } from "../ui/status";
import { Table } from "../ui/table";
import { notify } from "../ui/toast";
import { printLabels } from "./labels";

type Order = Row<"/admin/orders">;

const fulfil = (orders: Order[], body: Omit<Body<"/orders/bulk/fulfillment", "post">, "order_ids">) =>
  post("/orders/bulk/fulfillment", [], {
    body: { ...body, order_ids: orders.map(({ id }) => id) },
    idempotencyKey: newKey(),
  }).then(({ results }) =>
    results.map(
      ({ order_id, code, detail }): Result => ({ order: order_id, fault: code === null ? "" : detail || code }),
    ),
  );

/** The result for one order of many; `fault` empty: success. */
interface Result {
  order: number;
  fault: string;
}

type Act = Order["can"][number];

interface Step {
  label: string;
  /** The act that an order must allow; the server lists them for each order. */
  needs: Act;
  run: (orders: Order[]) => Promise<Result[]>;
  done: (count: number) => string;
  /** For final acts that customers are told about: the question to ask first, for so many orders. */
  final?: (count: number) => string;
  /** Whether another step follows, so that the orders stay selected. */
  goesOn?: boolean;
  /** Whether there are labels afterwards. */
  labels?: boolean;
}

const ordersOf = (count: number) => (count === 1 ? "1 order" : `${count} orders`);
const ordersAre = (count: number) => (count === 1 ? "1 order is" : `${count} orders are`);

const steps: Step[] = [
  {
    label: "Start packing",
    needs: "start_packing",
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
    needs: "fulfil",
    run: (orders) => fulfil(orders, {}),
    done: (count) => (count === 1 ? "1 order has its parcel" : `${count} orders have their parcels`),
    labels: true,
    goesOn: true,
  },
  {
    label: "Mark ready",
    needs: "mark_ready",
    run: (orders) => fulfil(orders, { status: "ready" }),
    done: (count) => `${ordersAre(count)} ready`,
    final: (count) => (count === 1 ? "It can be picked up, or comes next" : "They can be picked up, or come next"),
    goesOn: true,
  },
  {
    label: "Mark shipped",
    needs: "mark_shipped",
    run: (orders) => fulfil(orders, { status: "shipped" }),
    done: (count) => `${ordersAre(count)} on the way`,
    final: (count) => (count === 1 ? "Its parcel has left the house" : "Their parcels have left the house"),
  },
  {
    label: "Mark delivered",
    needs: "mark_delivered",
    run: (orders) => fulfil(orders, { status: "delivered" }),
    done: (count) => `${ordersAre(count)} delivered`,
    final: (count) => (count === 1 ? "It has arrived, or was handed over" : "They have arrived, or were handed over"),
  },
];

/** Acts on several orders at once: each is offered if some orders allow it, with their number. */
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
            {mails && `, and ${told} by e-mail`}. This cannot be taken back.
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
      const print = step.labels && well.length > 0 ? () => printLabels({ order_ids: well }) : undefined;
      if (well.length < results.length) void showResults(step.label, results, print);
      else
        notify(`${step.done(well.length)}${step.final && mails ? `; ${told}` : ""}`, {
          ...(print && { action: { label: "Print labels", run: print } }),
        });
    } finally {
      setBusy(false);
      done(step.goesOn ?? false);
    }
  };
  const allowing = (act: Act) => orders.filter(({ can }) => can.includes(act));
  const labelled = allowing("print_labels");
  const count = (fitting: Order[]) =>
    fitting.length !== orders.length && fitting.length > 0 ? ` (${fitting.length})` : "";
  return (
    <>
      {steps.map((step) => {
        const fitting = allowing(step.needs);
        return (
          <Button key={step.label} disabled={busy || fitting.length === 0} onPress={() => take(step, fitting)}>
            {step.label}
            {step.final && "…"}
            {count(fitting)}
          </Button>
        );
      })}
      <Button
        disabled={busy || labelled.length === 0}
        onPress={() => printLabels({ order_ids: labelled.map(({ id }) => id) })}
      >
        Print labels{count(labelled)}
      </Button>
    </>
  );
}

/** The results by order, if not all succeeded: failures first. */
const showResults = (what: string, results: Result[], print?: () => Promise<void>) =>
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
        {print && <Button onPress={print}>Print labels</Button>}
        <button type="button" class="primary" onClick={() => close()}>
          Close
        </button>
      </footer>
    </Dialog>
  ));
