import { Fragment } from "preact";
import { useState } from "preact/hooks";
import { type Answer, type Body, explain, newKey, post, put, type Row } from "../api/client";
import { useSession } from "../session";
import { capital } from "../text/words";
import { Button } from "../ui/button";
import { confirmAct, Dialog, openDialog } from "../ui/dialog";
import { Mood } from "../ui/status";
import { Table } from "../ui/table";
import { notify } from "../ui/toast";
import { printLabels } from "./labels";

type Order = Row<"/admin/orders">;

const resultsOf = ({ results }: Answer<"/orders/bulk/fulfillment", "post">) =>
  results.map(
    ({ order_id, code, detail }): Result => ({ order: order_id, fault: code === null ? "" : detail || code }),
  );

export const fulfil = (
  orders: readonly { id: number }[],
  body: Omit<Body<"/orders/bulk/fulfillment", "post">, "order_ids">,
) =>
  post("/orders/bulk/fulfillment", [], {
    body: { ...body, order_ids: orders.map(({ id }) => id) },
    idempotencyKey: newKey(),
  }).then(resultsOf);

/** How long it can be taken back, in milliseconds: as the server has it. */
const mayStay = 60_000;

/** Marks orders as shipped. They leave in a minute, and can be taken back until then. */
export async function markShipped(ids: readonly number[], onBack: () => void): Promise<void> {
  const results = await fulfil(
    ids.map((id) => ({ id })),
    { status: "shipped", undoable: true },
  );
  const well = results.filter(({ fault }) => fault === "").map(({ order }) => order);
  if (well.length < results.length) void showResults("Mark shipped", results);
  if (well.length === 0) return;
  notify(`${well.length === 1 ? `Order ${well[0]} leaves` : `${well.length} orders leave`} in a minute`, {
    lasts: mayStay - 2_000,
    action: { label: "Undo", run: () => takeBack(well).then(onBack) },
  });
}

/** Takes back that orders were marked as shipped; what has left meanwhile is named. */
export async function takeBack(ids: readonly number[]): Promise<void> {
  try {
    const results = resultsOf(
      await post("/orders/bulk/fulfillment/undo", [], { body: { order_ids: [...ids] }, idempotencyKey: newKey() }),
    );
    const late = results.filter(({ fault }) => fault !== "");
    if (late.length > 0) void showResults("Undo", results);
    else notify(ids.length === 1 ? `Order ${ids[0]} is not shipped` : `${ids.length} orders are not shipped`);
  } catch (error) {
    notify(explain(error), { kind: "bad" });
  }
}

/** The result for one order of many; `fault` empty: success. */
export interface Result {
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
  const ship = async (fitting: Order[]) => {
    setBusy(true);
    try {
      await markShipped(
        fitting.map(({ id }) => id),
        () => done(true),
      );
    } finally {
      setBusy(false);
      done(true);
    }
  };
  const allowing = (act: Act) => orders.filter(({ can }) => can.includes(act));
  const labelled = allowing("print_labels");
  const shippable = allowing("mark_shipped");
  const count = (fitting: Order[]) =>
    fitting.length !== orders.length && fitting.length > 0 ? ` (${fitting.length})` : "";
  return (
    <>
      {steps.map((step) => {
        const fitting = allowing(step.needs);
        return (
          <Fragment key={step.label}>
            {step.needs === "mark_delivered" && (
              <Button disabled={busy || shippable.length === 0} onPress={() => ship(shippable)}>
                Mark shipped{count(shippable)}
              </Button>
            )}
            <Button disabled={busy || fitting.length === 0} onPress={() => take(step, fitting)}>
              {step.label}
              {step.final && "…"}
              {count(fitting)}
            </Button>
          </Fragment>
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
export const showResults = (what: string, results: Result[], print?: () => Promise<void>) =>
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
