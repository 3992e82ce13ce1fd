import { useRef, useState } from "preact/hooks";
import { explain, put } from "../api/client";
import { href } from "../router";
import { useMay } from "../session";
import { languageName, languages } from "../text/languages";
import { money } from "../text/money";
import { AddressFields, AddressLines, addressOf } from "../ui/address";
import { Dialog } from "../ui/dialog";
import { saveEdit, useOpened } from "../ui/edit";
import { Form, TextArea, TextField } from "../ui/form";
import { Section } from "../ui/page";
import { notify } from "../ui/toast";
import type { Order, User } from "./order";
import { editing } from "./order-save";

// Edits of an order: its recipient and address, the staff's note, its manager.

type Part = { order: Order; onChanged: (order: Order) => void };

export function Customer({ order, onChanged }: Part) {
  const [open, setOpen] = useState(false);
  const mayChange = useMay("staff");
  const customer = order.customer;
  const unshipped = order.items.every((item) => item.quantity_shipped === 0);
  const isFetched = order.delivery?.kind === "pickup";
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
            {customer.email && (
              <p class="wrap-anywhere">
                <a href={`mailto:${customer.email}`}>{customer.email}</a>
              </p>
            )}
            {customer.phone && (
              <p>
                <a href={`tel:${customer.phone.replace(/[^\d+]/g, "")}`}>{customer.phone}</a>
              </p>
            )}
            {!isFetched && (
              <>
                <h3 class="spaced">Ships to</h3>
                <AddressLines address={customer.shipping_address} />
              </>
            )}
            <h3 class="spaced">Language of mails and pages</h3>
            <Language order={order} onChanged={onChanged} />
          </>
        ) : (
          <p class="muted">The customer's data was erased on request.</p>
        )}
      </div>
      {open && customer && (
        <EditCustomer order={order} customer={customer} onChanged={onChanged} onClose={() => setOpen(false)} />
      )}
    </Section>
  );
}

/** The language of all that goes to the customer: anyone sees it, staff change it. */
function Language({ order, onChanged }: Part) {
  const mayChange = useMay("staff");
  // The order when the list was opened.
  const opened = useRef<Order | undefined>(undefined);
  const open = () => {
    opened.current = order;
  };
  const choose = async (locale: Order["locale"]) => {
    const base = opened.current ?? order;
    opened.current = undefined;
    try {
      const saved = await saveEdit(base, { locale }, editing(order.id));
      if (!saved) return;
      onChanged(saved);
      notify(`Mails and pages are in ${languageName(saved.locale)} from now on`);
    } catch (error) {
      notify(explain(error), { kind: "bad" });
    }
  };
  if (!mayChange) return <p>{languageName(order.locale)}</p>;
  return (
    <select
      aria-label="Language of mails and pages"
      value={order.locale}
      onFocus={open}
      onPointerDown={open}
      onChange={(event) => void choose(event.currentTarget.value as Order["locale"])}
    >
      {languages().map(([code, name]) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </select>
  );
}

function EditCustomer({
  order,
  customer,
  onChanged,
  onClose,
}: Part & { customer: NonNullable<Order["customer"]>; onClose: () => void }) {
  const opened = useOpened({ order, customer });
  // What is picked up goes to nobody's address.
  const isFetched = opened.order.delivery?.kind === "pickup";
  return (
    <Dialog title={isFetched ? "Customer" : "Customer and address"} onClose={onClose}>
      <Form
        submit="Save"
        cancel={onClose}
        onSubmit={async (fields) => {
          const wanted = {
            name: fields["customer/name"]!.trim(),
            email: fields["customer/email"]!.trim(),
            phone: fields["customer/phone"]!.trim(),
            ...(!isFetched && { shipping_address: addressOf(fields, "customer/shipping_address") }),
          };
          const saved = await saveEdit(opened.order, wanted, editing(order.id));
          if (saved) {
            onChanged(saved);
            const changed = saved.total !== opened.order.total;
            notify(
              `Customer and address saved${changed ? `; the total is ${money(saved.total, saved.currency)} now` : ""}`,
            );
          }
          onClose();
        }}
      >
        <TextField name="customer/name" label="Name" value={opened.customer.name} maxLength={200} required />
        <div class="fields">
          <TextField name="customer/email" label="E-mail" type="email" value={opened.customer.email} required />
          <TextField
            name="customer/phone"
            label="Phone"
            type="tel"
            optional
            value={opened.customer.phone}
            maxLength={40}
          />
        </div>
        {!isFetched && (
          <AddressFields at="customer/shipping_address" value={opened.customer.shipping_address} required />
        )}
      </Form>
    </Dialog>
  );
}

export function Notes({ order, onChanged }: Part) {
  const [open, setOpen] = useState(false);
  const mayChange = useMay("staff");
  return (
    <Section
      title="Notes"
      class={order.note ? "" : "staff-only"}
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
          <div class="staff-only">
            <h3>Among staff</h3>
            <p class="prose">{order.staff_note}</p>
          </div>
        )}
        {!order.note && !order.staff_note && <p class="muted">None.</p>}
      </div>
      {open && <EditNote order={order} onChanged={onChanged} onClose={() => setOpen(false)} />}
    </Section>
  );
}

function EditNote({ order, onChanged, onClose }: Part & { onClose: () => void }) {
  const opened = useOpened(order);
  return (
    <Dialog title="Staff note" onClose={onClose}>
      <Form
        submit="Save"
        cancel={onClose}
        onSubmit={async ({ staff_note }) => {
          const saved = await saveEdit(opened, { staff_note: staff_note! }, editing(order.id));
          if (saved) onChanged(saved);
          onClose();
        }}
      >
        <TextArea
          name="staff_note"
          label="Note"
          hint="Only staff see it."
          value={opened.staff_note}
          rows={6}
          maxLength={2000}
        />
      </Form>
    </Dialog>
  );
}

export function Manager({ order, users, onChanged }: Part & { users: readonly User[] }) {
  const mayChange = useMay("staff");
  // The manager when the list of names was opened.
  const opened = useRef<Order | undefined>(undefined);
  const open = () => {
    opened.current = order;
  };
  const able = users.filter((user) => user.active && user.role !== "viewer");
  const assign = async (to: number) => {
    const base = opened.current ?? order;
    const before = base.managed_by.id;
    opened.current = undefined;
    try {
      const saved = await saveEdit(base, { managed_by: to }, editing(order.id, users));
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
    <Section title="Managed by" class="staff-only">
      <div class="pad">
        {mayChange && able.length > 0 ? (
          <select
            aria-label="Managed by"
            value={String(order.managed_by.id)}
            onFocus={open}
            onPointerDown={open}
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
