import { useState } from "preact/hooks";
import { type Answer, get, newKey, post, put, stale } from "../api/client";
import { useData } from "../api/data";
import { useMay } from "../session";
import { moneyInput } from "../text/money";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { useSeen } from "../ui/edit";
import { Form, MoneyField, moneyOf, SelectField, TextField } from "../ui/form";
import { Section } from "../ui/page";
import { Loading } from "../ui/states";
import { PaymentStatus, statusLabel } from "../ui/status";
import { Money, When } from "../ui/text";
import { notify } from "../ui/toast";
import type { Order } from "./order";
import { methodLabel } from "./payments";

type AdminPayment = Answer<"/admin/payments/{id}", "get">;
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
  const [open, setOpen] = useState<Act | undefined>();
  const summary = order.payment;
  const loaded = useData(summary ? "/admin/payments/{id}" : undefined, [summary?.id ?? 0], {
    live: ["payment.", "refund."],
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
        {acts.length > 0 && (
          <p class="acts">
            {acts.map((act) => (
              <button key={act} type="button" onClick={() => setOpen(act)}>
                {labels[act]}
              </button>
            ))}
          </p>
        )}
      </div>
      {open === "record" && <Record order={order} onClose={close} done={done} />}
      {payment && open === "refund" && <Refund payment={payment} onClose={close} done={done} />}
      {payment && open === "capture" && <Capture payment={payment} onClose={close} done={done} />}
      {payment && open === "received" && <Received payment={payment} onClose={close} done={done} />}
      {payment && open === "confirm" && <Confirm order={order} onClose={close} done={done} />}
      {payment && open === "void" && <Void payment={payment} onClose={close} done={done} />}
    </Section>
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

/**
 * Makes a dialog act on the payment that was shown when it opened. Payment routes take no version, so the payment is
 * read again before the act; changes between the two are stopped only by the server's own checks.
 */
function useSeenPayment(payment: AdminPayment) {
  const load = () => get("/admin/payments/{id}", [payment.id]);
  const { seen, act } = useSeen(payment, load, (was, now) => {
    const changed = was.status === now.status ? "" : `: it is “${statusLabel("payment", now.status)}” now`;
    return `The payment changed while this was open${changed}`;
  });
  return {
    seen,
    act: (run: (seen: AdminPayment) => Promise<unknown>) =>
      act(async () => {
        if ((await load()).version !== seen.version) throw stale();
        await run(seen);
      }),
  };
}

type ActProps = { payment: AdminPayment; onClose: () => void; done: (said: string) => void };

function Refund({ payment, onClose, done }: ActProps) {
  const { seen, act } = useSeenPayment(payment);
  const { currency } = seen;
  const left = seen.captured - seen.refunded;
  return (
    <Dialog title="Refund" onClose={onClose}>
      <Form
        submit="Refund"
        danger
        disabled={left === 0}
        cancel={onClose}
        onSubmit={async (values) => {
          const body = {
            amount: moneyOf(values, "amount", currency, { least: 1, most: left }),
            reason: values.reason!.trim(),
          };
          await act(({ id }) => post("/payments/{id}/refunds", [id], { body, idempotencyKey: newKey() }));
          done(seen.gateway === "manual" ? "Recorded: say here once you sent it" : "Refunded");
        }}
      >
        <p>
          Up to <Money minor={left} currency={currency} /> can go back.{" "}
          {seen.gateway === "manual"
            ? "You send it by hand; the customer is told once you say that you did."
            : "It cannot be called back."}
        </p>
        <MoneyField name="amount" label="Amount" value={moneyInput(left, currency)} required />
        <TextField name="reason" label="Reason" optional maxLength={500} />
      </Form>
    </Dialog>
  );
}

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

function Received({ payment, onClose, done }: ActProps) {
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
          <Money minor={seen.amount} currency={seen.currency} />, {methodLabel(seen)}.
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

const ways = { bank_transfer: "Bank transfer", cash_on_delivery: "Cash on delivery" };
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

function Record({ order, onClose, done }: { order: Order; onClose: () => void; done: (said: string) => void }) {
  const offered = useData("/payment-methods").data?.methods;
  const byHand = (["bank_transfer", "cash_on_delivery"] as const).filter((way) =>
    offered?.some(({ type }) => type === way),
  );
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
        disabled={byHand.length === 0}
        onSubmit={async ({ method }) => {
          await post("/payments", [], {
            body: { order_id: order.id, method: { type: method as "bank_transfer" } },
            idempotencyKey: newKey(),
          });
          done("Recorded: mark it received once the money is there");
        }}
      >
        <p>
          The customer owes <Money minor={order.total} currency={order.currency} />.
        </p>
        {byHand.length === 0 ? (
          <p class="notice warn">
            This shop takes neither bank transfers nor cash on delivery. An owner turns them on under Settings; bank
            transfers need bank details.
          </p>
        ) : (
          <SelectField name="method" label="Pays by" options={byHand.map((way) => [way, ways[way]] as const)} />
        )}
      </Form>
    </Dialog>
  );
}
