import { useState } from "preact/hooks";
import { explain, newKey, post } from "../api/client";
import { useData } from "../api/data";
import { useMay } from "../session";
import { dayOf, fullDate } from "../text/time";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Form, MoneyField, moneyOf, TextField } from "../ui/form";
import { Section } from "../ui/page";
import { Money } from "../ui/text";
import { notify } from "../ui/toast";
import { kindLabel, pdfOf } from "./documents";
import type { Order } from "./order";

/** The invoices of an order and what corrects them; staff issue them here. */
export function Documents({ order }: { order: Order }) {
  const mayChange = useMay("staff");
  const [crediting, setCrediting] = useState(false);
  const list = useData("/admin/documents", [], {
    query: { order_id: order.id },
    live: ["document.", "payment.", "order."],
    whole: true,
  });
  const documents = [...(list.data?.data ?? [])].reverse();
  const stands = documents.reduce((sum, { total }) => sum + total, 0);
  const ended = order.status === "cancelled" || order.status === "expired";
  const paid = (order.payment?.captured ?? 0) > 0;
  // Once all of it was credited, an unpaid order can be invoiced again.
  const mayIssue =
    mayChange &&
    list.data !== undefined &&
    !ended &&
    stands === 0 &&
    (documents.length === 0 || (!paid && order.total > 0));
  const mayCredit = mayChange && stands > 0 && !paid;
  if (documents.length === 0 && !mayIssue) return null;
  const issue = async () => {
    try {
      const issued = await post("/admin/orders/{id}/documents", [order.id], { body: { kind: "invoice" } });
      notify(`Invoice ${issued.number} is issued`);
    } catch (error) {
      notify(explain(error), { kind: "bad" });
    }
    await list.reload();
  };
  return (
    <Section
      title="Documents"
      actions={
        <>
          {mayIssue && <Button onPress={issue}>Issue the invoice</Button>}
          {mayCredit && (
            <button type="button" onClick={() => setCrediting(true)}>
              Credit…
            </button>
          )}
        </>
      }
    >
      {documents.length === 0 ? (
        <p class="pad muted">No invoice was issued yet.</p>
      ) : (
        <ul class="parcels">
          {documents.map((document) => (
            <li key={document.id}>
              <p class="parcel-head">
                <a href={pdfOf(document)} target="_blank" rel="noreferrer">
                  {kindLabel(document)} {document.number}
                </a>
                <Money minor={document.total} currency={document.currency} />
              </p>
              <p class="muted">{fullDate(dayOf(document.issued_on))}</p>
            </li>
          ))}
        </ul>
      )}
      {crediting && (
        <Credit order={order} stands={stands} onDone={() => void list.reload()} onClose={() => setCrediting(false)} />
      )}
    </Section>
  );
}

function Credit({
  order,
  stands,
  onDone,
  onClose,
}: {
  order: Order;
  stands: number;
  onDone: () => void;
  onClose: () => void;
}) {
  const [key] = useState(newKey);
  return (
    <Dialog title="Issue a credit note" onClose={onClose}>
      <Form
        submit="Issue"
        cancel={onClose}
        onSubmit={async (values) => {
          const amount = values.amount?.trim()
            ? moneyOf(values, "amount", order.currency, { most: stands })
            : undefined;
          const reason = values.reason!.trim();
          const body = {
            kind: "credit_note" as const,
            ...(amount !== undefined && { amount }),
            ...(reason && { reason }),
          };
          const issued = await post("/admin/orders/{id}/documents", [order.id], { body, idempotencyKey: key });
          notify(`Credit note ${issued.number} is issued`);
          onDone();
          onClose();
        }}
      >
        <p>
          The order is not paid, so no money goes back. A paid order's credit note follows its refund automatically.
        </p>
        <MoneyField
          name="amount"
          label="Amount"
          optional
          hint={
            <>
              Empty: all of it, <Money minor={stands} currency={order.currency} />.
            </>
          }
        />
        <TextField name="reason" label="Reason" optional maxLength={500} hint="Printed on the credit note." />
      </Form>
    </Dialog>
  );
}
