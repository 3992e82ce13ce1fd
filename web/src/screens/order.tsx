import { useState } from "preact/hooks";
import type { ScreenProps } from "../app";
import { Problem, explain, get, post, put, type Answer } from "../api/client";
import { useData } from "../api/data";
import { href } from "../router";
import { useMay } from "../session";
import { dateTime } from "../text/time";
import { AddressFields, AddressLines, addressOf } from "../ui/address";
import { Dialog } from "../ui/dialog";
import { saveEdit, type Editing } from "../ui/edit";
import { Form, TextArea, TextField } from "../ui/form";
import { Page, Section } from "../ui/page";
import { Failed, Loading } from "../ui/states";
import { Status, statusLabel } from "../ui/status";
import { Money, When, who } from "../ui/text";
import { notify } from "../ui/toast";
import { Table } from "../ui/table";
import { MailsOf } from "./mails";
import { Parcels } from "./order-parcels";
import { Payment } from "./order-payment";
import { CancelRest, Returns } from "./order-returns";

export type Order = Answer<"/admin/orders/{id}", "get">;
type Item = Order["items"][number];

/** What the edits on this page change of an order. */
interface Edit {
  customer: Order["customer"];
  note: string;
  staff_note: string;
  managed_by: number;
}

const editing = (id: number, admins: readonly { id: number; username: string }[] = []): Editing<Order, Edit> => ({
  load: () => get("/admin/orders/{id}", [id]),
  save: (edit, version) => put("/admin/orders/{id}", [id], { body: edit as never, version }),
  fields: (order) => ({
    customer: order.customer,
    note: order.note,
    staff_note: order.staff_note,
    managed_by: order.managed_by.id,
  }),
  labels: { customer: "Customer and address", note: "Customer's note", staff_note: "Staff note", managed_by: "Managed by" },
  show: (field, value) => {
    if (field === "managed_by") return admins.find((admin) => admin.id === value)?.username ?? String(value);
    if (field === "customer" && value) {
      const { shipping_address: address, ...contact } = value as NonNullable<Order["customer"]>;
      return [...Object.values(contact), ...Object.values(address)].filter(Boolean).join(", ");
    }
    return String(value || "nothing");
  },
});

export default function OrderPage({ values }: ScreenProps) {
  const id = Number(values.id);
  const order = useData("/admin/orders/{id}", [id], { live: ["order.", "payment.", "shipment."] });
  const [cancelling, setCancelling] = useState<"all" | "rest" | undefined>();
  const mayChange = useMay("staff");
  const data = order.data;
  if (!data)
    return (
      <Page title={`Order ${id}`} back={{ to: "/orders", label: "Orders" }}>
        {order.error !== undefined ? <Failed error={order.error} again={() => void order.reload()} /> : <Loading rows={10} />}
      </Page>
    );

  const startPacking = async () => {
    try {
      order.set(await put("/admin/orders/{id}", [id], { body: { status: "processing" }, version: data.version }));
      notify("Packing began");
    } catch (error) {
      if (error instanceof Problem && error.status === 412) await order.reload();
      notify(explain(error), { kind: "bad" });
    }
  };
  return (
    <Page
      title={`Order ${id}`}
      back={{ to: "/orders", label: "Orders" }}
      heading={
        <>
          Order {id} <Status kind="order" value={data.status} />
        </>
      }
      actions={
        <>
          {mayChange && data.status === "paid" && (
            <button type="button" class="primary" onClick={startPacking}>
              Start packing
            </button>
          )}
          <button type="button" onClick={() => print()}>
            Print
          </button>
          {mayChange && data.next_statuses.includes("cancelled") && (
            <button type="button" onClick={() => setCancelling("all")}>
              Cancel order…
            </button>
          )}
          {mayChange && data.status === "partially_shipped" && (
            <button type="button" onClick={() => setCancelling("rest")}>
              Cancel the rest…
            </button>
          )}
        </>
      }
    >
      <p class="muted lead">
        Placed <When at={data.created_at} />
        {data.status === "pending" && data.expires_at && (
          <>
            , its stock is held until <When at={data.expires_at} />
          </>
        )}
      </p>
      <div class="columns">
        <div class="stack">
          <Items order={data} />
          <Parcels order={data} onChanged={() => void order.reload()} />
          <Returns order={data} onChanged={() => void order.reload()} />
          <MailsOf order={id} />
          <History order={data} />
        </div>
        <div class="stack">
          <Payment order={data} onChanged={() => void order.reload()} />
          <Customer order={data} onChanged={order.set} />
          <Notes order={data} onChanged={order.set} />
          <Manager order={data} onChanged={order.set} />
        </div>
      </div>
      {cancelling === "all" && <Cancel order={data} onClose={() => setCancelling(undefined)} onDone={() => void order.reload()} />}
      {cancelling === "rest" && <CancelRest order={data} onClose={() => setCancelling(undefined)} onDone={() => void order.reload()} />}
    </Page>
  );
}

function Items({ order }: { order: Order }) {
  const rate = order.tax_rate_ppm / 1_000_000;
  const percent = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 3 }).format(rate);
  return (
    <Section title="Items">
      <Table
        caption="Items"
        steps={false}
        keyOf={(item: Item) => item.id}
        rows={order.items}
        columns={[
          {
            head: "Item",
            class: "wrap-anywhere",
            cell: (item: Item) => (
              <>
                <a href={href(`/inventory/${item.product_id}`)}>{item.name}</a>
                <span class="second">{item.sku}</span>
              </>
            ),
          },
          {
            head: "Quantity",
            end: true,
            cell: (item: Item) => (
              <>
                {item.quantity}
                {(
                  [
                    [item.quantity_shipped, "shipped"],
                    [item.quantity_cancelled, "cancelled"],
                    [item.quantity_returned, "returned"],
                  ] as const
                ).map(([count, word]) => count > 0 && <span class="second" key={word}>{`${count} ${word}`}</span>)}
              </>
            ),
          },
          { head: "Price", end: true, class: "wide-only", cell: (item: Item) => <Money minor={item.unit_price} currency={order.currency} /> },
          { head: "Total", end: true, cell: (item: Item) => <Money minor={item.total} currency={order.currency} /> },
        ]}
      />
      <dl class="sums pad">
        <dt class="muted">Subtotal</dt>
        <dd>
          <Money minor={order.subtotal} currency={order.currency} />
        </dd>
        {order.discount > 0 && (
          <>
            <dt class="muted">Discount</dt>
            <dd>
              <Money minor={-order.discount} currency={order.currency} />
            </dd>
          </>
        )}
        <dt class="muted">Shipping</dt>
        <dd>
          <Money minor={order.shipping} currency={order.currency} />
        </dd>
        {order.tax > 0 && (
          <>
            <dt class="muted">Tax, {percent}</dt>
            <dd>
              <Money minor={order.tax} currency={order.currency} />
            </dd>
          </>
        )}
        <dt class="total">Total</dt>
        <dd class="total">
          <Money minor={order.total} currency={order.currency} />
        </dd>
        {order.tax_included > 0 && (
          <>
            <dt class="muted">of which tax, {percent}</dt>
            <dd class="muted">
              <Money minor={order.tax_included} currency={order.currency} />
            </dd>
          </>
        )}
      </dl>
    </Section>
  );
}

type Part = { order: Order; onChanged: (order: Order) => void };

function Customer({ order, onChanged }: Part) {
  const [open, setOpen] = useState(false);
  const mayChange = useMay("staff");
  const customer = order.customer;
  const unshipped = order.items.every((item: Item) => item.quantity_shipped === 0);
  const editable = mayChange && customer && unshipped && !["cancelled", "expired"].includes(order.status);
  return (
    <Section
      title="Customer"
      actions={
        editable && (
          <button type="button" class="link" onClick={() => setOpen(true)}>
            Change
          </button>
        )
      }
    >
      <div class="pad">
        {customer ? (
          <>
            <p>
              <a href={href(`/customers/${order.customer_id}`)}>{customer.name}</a>
            </p>
            <p class="wrap-anywhere">
              <a href={`mailto:${customer.email}`}>{customer.email}</a>
            </p>
            {customer.phone && (
              <p>
                <a href={`tel:${customer.phone.replace(/[^\d+]/g, "")}`}>{customer.phone}</a>
              </p>
            )}
            <h3 class="spaced">Ships to</h3>
            <AddressLines address={customer.shipping_address} />
          </>
        ) : (
          <p class="muted">The customer's data was erased on request.</p>
        )}
      </div>
      {open && customer && (
        <Dialog title="Customer and address" onClose={() => setOpen(false)}>
          <Form
            submit="Save"
            cancel={() => setOpen(false)}
            onSubmit={async (fields) => {
              const wanted = {
                name: fields["customer/name"]!.trim(),
                email: fields["customer/email"]!.trim(),
                phone: fields["customer/phone"]!.trim(),
                shipping_address: addressOf(fields, "customer/shipping_address"),
              };
              const saved = await saveEdit(order, { customer: wanted as Order["customer"] }, editing(order.id));
              if (saved) {
                onChanged(saved);
                notify("Customer and address saved");
              }
              setOpen(false);
            }}
          >
            <TextField name="customer/name" label="Name" value={customer.name} maxLength={200} />
            <div class="fields">
              <TextField name="customer/email" label="E-mail" type="email" value={customer.email} />
              <TextField name="customer/phone" label="Phone" type="tel" optional value={customer.phone} maxLength={40} />
            </div>
            <AddressFields at="customer/shipping_address" value={customer.shipping_address} />
          </Form>
        </Dialog>
      )}
    </Section>
  );
}

function Notes({ order, onChanged }: Part) {
  const [open, setOpen] = useState(false);
  const mayChange = useMay("staff");
  return (
    <Section
      title="Notes"
      actions={
        mayChange && (
          <button type="button" class="link" onClick={() => setOpen(true)}>
            {order.staff_note ? "Change" : "Add a note"}
          </button>
        )
      }
    >
      <div class="pad notes">
        {order.note && (
          <>
            <h3>From the customer</h3>
            <p class="prose">{order.note}</p>
          </>
        )}
        {order.staff_note && (
          <>
            <h3>Among staff</h3>
            <p class="prose">{order.staff_note}</p>
          </>
        )}
        {!order.note && !order.staff_note && <p class="muted">None.</p>}
      </div>
      {open && (
        <Dialog title="Staff note" onClose={() => setOpen(false)}>
          <Form
            submit="Save"
            cancel={() => setOpen(false)}
            onSubmit={async ({ staff_note }) => {
              const saved = await saveEdit(order, { staff_note: staff_note! }, editing(order.id));
              if (saved) onChanged(saved);
              setOpen(false);
            }}
          >
            <TextArea name="staff_note" label="Note" hint="Only those who work here see it." value={order.staff_note} rows={6} maxLength={2000} />
          </Form>
        </Dialog>
      )}
    </Section>
  );
}

function Manager({ order, onChanged }: Part) {
  const mayChange = useMay("staff");
  const users = useData(mayChange ? "/admin/users" : undefined);
  const able = (users.data?.data ?? []).filter((user) => user.active && user.role !== "viewer");
  const assign = async (to: number) => {
    const before = order.managed_by.id;
    try {
      const saved = await saveEdit(order, { managed_by: to }, editing(order.id, able));
      if (!saved) return;
      onChanged(saved);
      notify(`Now with ${saved.managed_by.username}`, {
        action: {
          label: "Undo",
          run: () =>
            void put("/admin/orders/{id}", [order.id], { body: { managed_by: before }, version: saved.version }).then(
              onChanged,
              (error: unknown) => notify(explain(error), { kind: "bad" }),
            ),
        },
      });
    } catch (error) {
      notify(explain(error), { kind: "bad" });
    }
  };
  return (
    <Section title="Managed by">
      <div class="pad">
        {mayChange && able.length > 0 ? (
          <select
            aria-label="Managed by"
            value={String(order.managed_by.id)}
            onChange={(event) => void assign(Number(event.currentTarget.value))}
          >
            {!able.some((user) => user.id === order.managed_by.id) && (
              <option value={String(order.managed_by.id)}>{order.managed_by.username}</option>
            )}
            {able.map((user) => (
              <option key={user.id} value={String(user.id)}>
                {user.username}
              </option>
            ))}
          </select>
        ) : (
          order.managed_by.username
        )}
      </div>
    </Section>
  );
}

function Cancel({ order, onClose, onDone }: { order: Order; onClose: () => void; onDone: () => void }) {
  const captured = order.payment ? order.payment.captured - order.payment.refunded : 0;
  return (
    <Dialog title={`Cancel order ${order.id}?`} onClose={onClose}>
      <Form
        submit="Cancel the order"
        danger
        onSubmit={async ({ reason }) => {
          await post("/orders/{id}/cancel", [order.id], { body: reason ? { reason } : {}, version: order.version });
          notify(`Order ${order.id} is cancelled`);
          onDone();
          onClose();
        }}
      >
        <p>
          Its stock goes back on sale at once
          {captured > 0 && (
            <>
              , and <Money minor={captured} currency={order.currency} /> go back to the customer
            </>
          )}
          . This cannot be undone.
        </p>
        <TextField name="reason" label="Reason" optional maxLength={500} hint="Kept in the order's history." />
      </Form>
    </Dialog>
  );
}

/** What an event of an order says to a person. */
function told(kind: string, body: Record<string, unknown>): string {
  const words: Record<string, string> = {
    "order.placed": "Order placed",
    "order.recipient_changed": "Customer or address changed",
    "order.noted": "Staff note changed",
    "order.reassigned": "Given to someone else",
    "order.items_returned": "Items came back",
    "order.rest_cancelled": "What was not shipped is cancelled",
    "shipment.label_pending": "Parcel: started",
  };
  const reason = typeof body.reason === "string" && body.reason ? `: ${body.reason}` : "";
  const known = words[kind];
  if (known) return known + reason;
  const [subject, what = ""] = kind.split(".");
  if (subject === "order") return statusLabel("order", what) + reason;
  if (subject === "shipment") return `Parcel: ${statusLabel("shipment", what).toLowerCase()}`;
  const name = { payment: "Payment", refund: "Refund" }[subject!] ?? subject;
  return `${name} ${what.replaceAll("_", " ")}`;
}

function History({ order }: { order: Order }) {
  const entries = [...order.history].reverse();
  return (
    <Section title="History">
      <ol class="history">
        {entries.map((entry) => (
          <li key={entry.sequence}>
            {told(entry.kind, (entry.body ?? {}) as Record<string, unknown>)}
            <small>
              <time dateTime={entry.at}>{dateTime(entry.at)}</time>, {who(entry.actor)}
            </small>
          </li>
        ))}
      </ol>
    </Section>
  );
}
