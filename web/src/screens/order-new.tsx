import { useRef, useState } from "preact/hooks";
import { type Body, get, newKey, post } from "../api/client";
import { type Row, useData } from "../api/data";
import { go } from "../router";
import { useSession } from "../session";
import { AddressFields, AddressLines, addressOf } from "../ui/address";
import { Finder } from "../ui/finder";
import { FieldFault, Form, SelectField, TextArea, TextField, type Values } from "../ui/form";
import { Page, Section } from "../ui/page";
import { notify } from "../ui/toast";
import type { Order } from "./order";
import { DiscountFields, discountIn } from "./order-discount";
import { type Draft, Lines, linesOf } from "./order-lines";
import { Sums } from "./order-sums";

type Customer = Row<"/admin/customers">;
type NewOrder = Body<"/admin/orders", "post">;

/** An order that is taken by telephone or at the counter. */
export default function NewOrderPage() {
  const { currency } = useSession().shop;
  const methods = useData("/admin/delivery-methods").data?.data.filter(({ active }) => active) ?? [];
  const [customer, setCustomer] = useState<Customer | "new" | undefined>();
  const [lines, setLines] = useState<Draft[]>([]);
  const [method, setMethod] = useState("");
  const [hold, setHold] = useState("");
  const [tried, setTried] = useState<Order | undefined>();
  // The same order sent again, since no answer came, is the same order.
  const sent = useRef({ body: "", key: "" });
  const keyOf = (body: string) => {
    if (sent.current.body !== body) sent.current = { body, key: newKey() };
    return sent.current.key;
  };
  const chosen = methods.find(({ id }) => String(id) === method);
  const isFetched = chosen?.kind === "pickup";

  const bodyOf = (values: Values): NewOrder => {
    if (!customer) throw new FieldFault("", "Choose a customer, or add a new one.");
    if (lines.length === 0) throw new FieldFault("", "Add what is ordered.");
    const until = values.hold ?? "";
    return {
      ...(customer === "new" ? { customer: customerOf(values, isFetched) } : { customer_id: customer.id }),
      items: linesOf(values, "items", lines, currency),
      ...discountIn(values, currency),
      ...(chosen && { delivery_method_id: chosen.id }),
      ...(until === "paid" && { hold_until: null }),
      ...(until === "day" && { hold_until: endOf(values.hold_day ?? "") }),
      note: values.note ?? "",
    };
  };
  const submit = async (values: Values) => {
    const body = bodyOf(values);
    const end = values.end ?? "place";
    const wanted: NewOrder = { ...body, status: end === "draft" ? "draft" : "pending" };
    const order = await post("/admin/orders", [], { body: wanted, idempotencyKey: keyOf(JSON.stringify(wanted)) });
    notify(end === "draft" ? `Draft ${order.id} is saved` : `Order ${order.id} is placed`);
    go(end === "pay" ? `/orders/${order.id}?pay=true` : `/orders/${order.id}`);
  };
  const priced = async (values: Values): Promise<Order | undefined> => {
    try {
      return (await post("/admin/orders", [], { body: { ...bodyOf(values), dry_run: true } })) as Order;
    } catch {
      return undefined; // what is missing is said once it is sent
    }
  };
  const looks = useRef(0);
  const look = async (form: HTMLFormElement) => {
    const values = Object.fromEntries(
      [...new FormData(form)].filter(([, value]) => typeof value === "string"),
    ) as Values;
    const mine = ++looks.current;
    const order = await priced(values);
    if (mine === looks.current) setTried(order); // an earlier one may be answered later
  };
  return (
    <Page title="New order" back={{ to: "/orders", label: "Orders" }}>
      <Section title="Order">
        <div class="pad" onFocusOut={(event) => void look(event.currentTarget.querySelector("form")!)}>
          <Form submit="Place order" onSubmit={submit}>
            <CustomerChoice customer={customer} onChange={setCustomer} isFetched={isFetched} />
            <Lines at="items" lines={lines} onChange={setLines} />
            <DiscountFields hint="A share, or an amount." why="Why" />
            <SelectField
              name="delivery"
              label="Delivery"
              value={method}
              onChange={setMethod}
              options={[["", "The cheapest that fits"], ...methods.map(({ id, name }) => [String(id), name] as const)]}
            />
            <TextArea name="note" label="Note" optional rows={2} maxLength={2000} />
            <SelectField
              name="hold"
              label="Hold its stock"
              value={hold}
              onChange={setHold}
              options={[
                ["", "As long as for a bank transfer"],
                ["paid", "Until it is paid"],
                ["day", "Until the end of a day"],
              ]}
            />
            {hold === "day" && <TextField name="hold_day" label="The day" type="date" short required />}
            {tried && <Sums order={tried} />}
            <p class="acts">
              <button type="submit" name="end" value="draft">
                Save as draft
              </button>
              <button type="submit" name="end" value="pay">
                Place and take payment
              </button>
            </p>
          </Form>
        </div>
      </Section>
    </Page>
  );
}

/** The end of a day, by this person's clock. */
function endOf(day: string): string {
  const end = new Date(`${day}T23:59:59`);
  if (Number.isNaN(end.getTime())) throw new FieldFault("hold_day", "Choose a day.");
  return end.toISOString();
}

function customerOf(values: Values, isFetched: boolean): NonNullable<NewOrder["customer"]> {
  const who = {
    name: (values["customer/name"] ?? "").trim(),
    email: (values["customer/email"] ?? "").trim(),
    phone: (values["customer/phone"] ?? "").trim(),
  };
  return isFetched ? who : { ...who, shipping_address: addressOf(values, "customer/shipping_address") };
}

function CustomerChoice({
  customer,
  onChange,
  isFetched,
}: {
  customer: Customer | "new" | undefined;
  onChange: (customer: Customer | "new" | undefined) => void;
  isFetched: boolean;
}) {
  if (customer === "new")
    return (
      <fieldset>
        <legend>New customer</legend>
        <TextField name="customer/name" label="Name" required maxLength={200} autoFocus />
        <div class="fields">
          <TextField name="customer/phone" label="Phone" optional maxLength={40} />
          <TextField name="customer/email" label="E-mail" optional type="email" maxLength={254} />
        </div>
        {!isFetched && <AddressFields at="customer/shipping_address" required />}
        <button type="button" class="link" onClick={() => onChange(undefined)}>
          Choose a known customer
        </button>
      </fieldset>
    );
  if (customer)
    return (
      <fieldset>
        <legend>Customer</legend>
        <p>
          {customer.name} {customer.email && <span class="second">{customer.email}</span>}
        </p>
        {customer.shipping_address && <AddressLines address={customer.shipping_address} />}
        <button type="button" class="link" onClick={() => onChange(undefined)}>
          Choose another customer
        </button>
      </fieldset>
    );
  return (
    <fieldset>
      <legend>Customer</legend>
      <Finder
        find={async (text) => (await get("/admin/customers", [], { query: { q: text, limit: 8 } })).data}
        label="Find a customer"
        placeholder="Name, e-mail or phone"
        nothing="Nobody matches."
        first
        describe={(row) => ({
          name: row.name ?? `Customer ${row.id}`,
          more: [row.email, row.phone].filter(Boolean).join(" · "),
        })}
        onTake={(row) => {
          onChange(row);
          requestAnimationFrame(() => document.querySelector<HTMLInputElement>(".lines [role=combobox]")?.focus());
        }}
      />
      <button type="button" class="link" onClick={() => onChange("new")}>
        Add a new customer
      </button>
    </fieldset>
  );
}
