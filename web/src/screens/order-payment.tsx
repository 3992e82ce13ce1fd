import { useState } from "preact/hooks";
import { explain, get, newKey, post, put } from "../api/client";
import { useData } from "../api/data";
import { usePlace } from "../router";
import { useMay } from "../session";
import { moneyInput } from "../text/money";
import { Button } from "../ui/button";
import { Copy } from "../ui/copy";
import { Dialog } from "../ui/dialog";
import { Form, MoneyField, moneyOf, SelectField, TextField } from "../ui/form";
import { Section } from "../ui/page";
import { Loading } from "../ui/states";
import { PaymentStatus } from "../ui/status";
import { Money, When } from "../ui/text";
import { notify } from "../ui/toast";
import type { Order } from "./order";
import { owedOfPaid } from "./order-fulfil";
import { Refund } from "./order-refund";
import { type AdminPayment, useSeenPayment } from "./payment-seen";
import { methodLabel } from "./payments";

type Act = "capture" | "received" | "refund" | "void" | "record" | "confirm";

/** What can be done with a payment in its current state. */
function legal(order: Order, payment: AdminPayment | undefined): Act[] {
  const acts: Act[] = [];
  if (payment?.status === "authorized") acts.push("capture", "void");
  if (payment?.status === "requires_action") acts.push("void");
  if (payment?.gateway === "manual" && payment.status === "processing") acts.push("received", "void");
  if (
    payment?.gateway === "manual" &&
    payment.status === "processing" &&
    order.status === "pending" &&
    order.expires_at
  )
    acts.push("confirm");
  if (payment && ["succeeded", "partially_refunded"].includes(payment.status) && payment.captured > payment.refunded)
    acts.push("refund");
  if (payment && owedOfPaid(order) > 0) acts.push("received");
  if (order.status === "pending" && (!payment || ["failed", "voided"].includes(payment.status))) acts.push("record");
  return acts;
}

const labels: Record<Act, string> = {
  capture: "Capture…",
  received: "Mark received…",
  refund: "Refund…",
  void: "Void…",
  record: "Record a payment…",
  confirm: "Confirm: keep its stock…",
};

/** How an order is paid, and what can be done about it. */
export function Payment({ order, onChanged }: { order: Order; onChanged: () => void }) {
  const mayChange = useMay("staff");
  const { query } = usePlace();
  const [open, setOpen] = useState<Act | undefined>(() =>
    query.get("pay") === "true" && !order.payment ? "record" : undefined,
  );
  const summary = order.payment;
  const loaded = useData(summary ? "/admin/payments/{id}" : undefined, [summary?.id ?? 0], {
    live: ["payment.", "refund.", "order."], // an edit of the order changes what is owed
  });
  const payment = summary ? loaded.data : undefined;
  const acts = mayChange && (payment || !summary) ? legal(order, payment) : [];
  const done = (said: string) => {
    setOpen(undefined);
    notify(said);
    void loaded.reload();
    onChanged();
  };
  const close = () => setOpen(undefined);
  // An edit of the order changes its payment, which the page may not have read since.
  const begin = async (act: Act) => {
    try {
      if (summary) loaded.set(await get("/admin/payments/{id}", [summary.id]));
      setOpen(act);
    } catch (error) {
      notify(explain(error), { kind: "bad" });
    }
  };
  return (
    <Section title="Payment">
      <div class="pad notes">
        {!summary ? (
          <p class="muted">{["cancelled", "expired"].includes(order.status) ? "Nothing is owed." : "None yet."}</p>
        ) : !payment ? (
          <Loading rows={3} />
        ) : (
          <Facts payment={payment} mayChange={mayChange} done={done} />
        )}
        {(order.status === "pending" || (order.payment !== null && order.balance > 0)) && (
          <PaymentLink order={order} mayChange={mayChange} done={done} />
        )}
        {acts.length > 0 && (
          <p class="acts">
            {acts.map((act) => (
              <Button key={act} onPress={() => begin(act)}>
                {labels[act]}
              </Button>
            ))}
          </p>
        )}
      </div>
      {open === "record" && (
        <Record order={order} atCounter={query.get("pay") === "true"} onClose={close} done={done} />
      )}
      {payment && open === "refund" && <Refund order={order} payment={payment} onClose={close} done={done} />}
      {payment && open === "capture" && <Capture payment={payment} onClose={close} done={done} />}
      {payment && open === "received" && <Received order={order} payment={payment} onClose={close} done={done} />}
      {payment && open === "confirm" && <Confirm order={order} onClose={close} done={done} />}
      {payment && open === "void" && <Void payment={payment} onClose={close} done={done} />}
    </Section>
  );
}

/** The link by which a customer pays. Who has it may pay, and see what was ordered: one that got lost is replaced. */
function PaymentLink({ order, mayChange, done }: { order: Order; mayChange: boolean; done: (said: string) => void }) {
  const mail = async () => {
    const { sent_to } = await post("/admin/orders/{id}/payment-link/mail", [order.id], { idempotencyKey: newKey() });
    done(`The payment link goes to ${sent_to}`);
  };
  const renew = async () => {
    await post("/admin/orders/{id}/payment-link", [order.id], { idempotencyKey: newKey() });
    done("There is a new payment link: the old one works no more");
  };
  return (
    <>
      <p>
        <a href={order.payment_url}>Payment page</a> <Copy text={order.payment_url} label="Copy payment link" />
      </p>
      {mayChange && (
        <p class="acts">
          <Button onPress={mail}>Send payment link</Button>
          <Button onPress={renew}>Replace payment link</Button>
        </p>
      )}
    </>
  );
}

function Facts({
  payment,
  mayChange,
  done,
}: {
  payment: AdminPayment;
  mayChange: boolean;
  done: (said: string) => void;
}) {
  const { currency } = payment;
  const back = payment.refunded - payment.to_be_sent;
  return (
    <>
      <p>
        <PaymentStatus status={payment.status} method={payment.method.type} />
      </p>
      <dl class="facts">
        <dt>Amount</dt>
        <dd>
          <Money minor={payment.amount} currency={currency} />
        </dd>
        <dt>By</dt>
        <dd>
          {methodLabel(payment)}
          {payment.simulated && <span class="muted"> · simulated</span>}
        </dd>
        {payment.captured > 0 && payment.captured !== payment.amount && (
          <>
            <dt>Captured</dt>
            <dd>
              <Money minor={payment.captured} currency={currency} />
            </dd>
          </>
        )}
        {back > 0 && (
          <>
            <dt>Given back</dt>
            <dd>
              <Money minor={back} currency={currency} />
            </dd>
          </>
        )}
        {payment.to_be_sent > 0 && (
          <>
            <dt>To be sent back</dt>
            <dd>
              <strong class="warn">
                <Money minor={payment.to_be_sent} currency={currency} />
              </strong>
            </dd>
          </>
        )}
        {payment.reference && (
          <>
            <dt>Reference</dt>
            <dd>{payment.reference}</dd>
          </>
        )}
      </dl>
      {payment.failure && <p class="notice bad staff-only">{payment.failure.text}</p>}
      {payment.disputes.map((dispute) => (
        <p class="notice bad staff-only" key={dispute.id}>
          The customer disputes <Money minor={dispute.amount} currency={currency} /> ({dispute.status})
          {dispute.respond_by && (
            <>
              : answer by <When at={dispute.respond_by} />
            </>
          )}
        </p>
      ))}
      {payment.refunds.length > 0 && (
        <ul class="refunds">
          {payment.refunds.map((refund) => (
            <li key={refund.id}>
              <div>
                <Money minor={refund.amount} currency={currency} /> back
                {refund.status !== "succeeded" && (
                  <span class={refund.status === "failed" ? "bad" : "muted"}>
                    {" "}
                    · {refundStates[refund.status] ?? refund.status}
                  </span>
                )}
                {refund.reason && <p class="muted wrap-anywhere staff-only">{refund.reason}</p>}
                {mayChange && refund.status === "to_be_sent" && (
                  <ToSend payment={payment} refund={refund} done={done} />
                )}
              </div>
              <span class="muted number">
                <When at={refund.sent_at ?? refund.created_at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const refundStates: Record<string, string> = { failed: "failed", pending: "under way", to_be_sent: "to be sent" };

/** A refund that is sent by hand: the customer is told once staff record that it was sent. */
function ToSend({
  payment,
  refund,
  done,
}: {
  payment: AdminPayment;
  refund: AdminPayment["refunds"][number];
  done: (said: string) => void;
}) {
  const decide = async (
    path: "/payments/{id}/refunds/{refund_id}/sent" | "/payments/{id}/refunds/{refund_id}/cancel",
    said: string,
  ) => {
    await post(path, [payment.id, refund.id], { idempotencyKey: newKey() });
    done(said);
  };
  return (
    <p class="acts">
      <Button onPress={() => decide("/payments/{id}/refunds/{refund_id}/sent", "Marked as sent: the customer is told")}>
        Mark sent
      </Button>
      <Button onPress={() => decide("/payments/{id}/refunds/{refund_id}/cancel", "The refund is given up")}>
        Not sent after all
      </Button>
    </p>
  );
}

type ActProps = { payment: AdminPayment; onClose: () => void; done: (said: string) => void };

function Capture({ payment, onClose, done }: ActProps) {
  const { seen, act } = useSeenPayment(payment);
  const { amount: most, currency } = seen;
  return (
    <Dialog title="Capture" onClose={onClose}>
      <Form
        submit="Capture"
        cancel={onClose}
        onSubmit={async (values) => {
          const body = { amount: moneyOf(values, "amount", currency, { least: 1, most }) };
          await act(({ id }) => post("/payments/{id}/capture", [id], { body, idempotencyKey: newKey() }));
          done("Captured");
        }}
      >
        <p>
          <Money minor={most} currency={currency} /> are reserved on the customer's card. What is not captured goes
          free.
        </p>
        <MoneyField name="amount" label="Amount" value={moneyInput(most, currency)} required />
      </Form>
    </Dialog>
  );
}

function Received({ order, payment, onClose, done }: ActProps & { order: Order }) {
  const { seen, act } = useSeenPayment(payment);
  return (
    <Dialog title="Payment received" onClose={onClose}>
      <Form
        submit="Mark received"
        cancel={onClose}
        onSubmit={async ({ reference }) => {
          const body = reference!.trim() ? { reference: reference!.trim() } : {};
          await act(({ id }) => post("/payments/{id}/capture", [id], { body, idempotencyKey: newKey() }));
          done("Payment received");
        }}
      >
        <p>
          {seen.captured > 0 ? (
            <>
              <Money minor={order.balance} currency={seen.currency} />, the rest of the edited order.
            </>
          ) : (
            <>
              <Money minor={seen.amount} currency={seen.currency} />, {methodLabel(seen)}.
            </>
          )}
        </p>
        <TextField
          name="reference"
          label="Reference"
          optional
          maxLength={500}
          hint="The transfer's text, or the receipt's number."
        />
      </Form>
    </Dialog>
  );
}

function Void({ payment, onClose, done }: ActProps) {
  const { seen, act } = useSeenPayment(payment);
  return (
    <Dialog title="Void this payment?" onClose={onClose}>
      <Form
        submit="Void the payment"
        danger
        cancel={onClose}
        onSubmit={async () => {
          await act(({ id }) => post("/payments/{id}/void", [id], { body: {}, idempotencyKey: newKey() }));
          done("Payment voided");
        }}
      >
        <p>
          <Money minor={seen.amount} currency={seen.currency} /> will not be taken. The order can be paid in another
          way.
        </p>
      </Form>
    </Dialog>
  );
}

const ways = {
  cash: "Cash, now",
  terminal: "Card terminal, now",
  bank_transfer: "Bank transfer",
  cash_on_delivery: "Cash on delivery",
};
type Way = keyof typeof ways;
const isNow = (way: Way) => way === "cash" || way === "terminal";

function Confirm({ order, onClose, done }: { order: Order; onClose: () => void; done: (said: string) => void }) {
  return (
    <Dialog title="Confirm this order?" onClose={onClose}>
      <Form
        submit="Confirm"
        cancel={onClose}
        onSubmit={async () => {
          await put("/admin/orders/{id}", [order.id], { body: { hold_until: null }, version: order.version });
          done("Confirmed: its stock is held without an end");
        }}
      >
        <p>
          Its stock is held until <When at={order.expires_at!} />. Confirmed, it is held until the order is sent or
          cancelled.
        </p>
      </Form>
    </Dialog>
  );
}

/** What is paid at the counter is received at once; elsewhere that is chosen, and never what one press does. */
function Record({
  order,
  atCounter,
  onClose,
  done,
}: {
  order: Order;
  atCounter: boolean;
  onClose: () => void;
  done: (said: string) => void;
}) {
  const offered = useData("/payment-methods").data?.methods;
  const byHand = (Object.keys(ways) as Way[]).filter((way) => isNow(way) || offered?.some(({ type }) => type === way));
  if (!offered)
    return (
      <Dialog title="Record a payment" onClose={onClose}>
        <div class="dialog-body">
          <Loading rows={2} />
        </div>
      </Dialog>
    );
  return (
    <Dialog title="Record a payment" onClose={onClose}>
      <Form
        submit="Record"
        cancel={onClose}
        onSubmit={async ({ method }) => {
          const way = method as Way;
          const payment = await post("/payments", [], {
            body: { order_id: order.id, method: { type: way as "bank_transfer" } },
            idempotencyKey: newKey(),
          });
          if (isNow(way)) await post("/payments/{id}/capture", [payment.id], { body: {}, idempotencyKey: newKey() });
          done(isNow(way) ? "Payment received" : "Recorded: mark it received once the money is there");
        }}
      >
        <p>
          The customer owes <Money minor={order.balance} currency={order.currency} />.
        </p>
        <SelectField
          name="method"
          label="Pays by"
          value={byHand.find((way) => isNow(way) === atCounter)}
          options={byHand.map((way) => [way, ways[way]] as const)}
        />
      </Form>
    </Dialog>
  );
}
