import { type Body, get, Problem, put } from "../api/client";
import { languageName } from "../text/languages";
import { money } from "../text/money";
import { type Address, addressText } from "../ui/address";
import { confirmAct } from "../ui/dialog";
import type { Editing } from "../ui/edit";
import type { Order, User } from "./order";

// How an order's edits are saved, whatever they change.

/** The fields that an edit can change. The address is a single field: a mix of two addresses is nobody's. */
interface Edit {
  name: string;
  email: string;
  phone: string;
  shipping_address: Address;
  note: string;
  staff_note: string;
  managed_by: number;
  locale: Order["locale"];
  /** Null: the recipient is billed. */
  billing: Billing | null;
  vat_id_verified: boolean;
}

/** Who is billed, as an edit writes it. */
export interface Billing {
  name: string;
  company: string;
  vat_id: string;
  address: Address | null;
}

interface Sums {
  shipping: number;
  tax: number;
  tax_included: number;
  total: number;
}

/** Asks whether an order that is paid keeps its sums, though its tax or delivery would be others now. */
function keepsSums({ now, then }: { now: Sums; then: Sums }, currency: string): Promise<boolean> {
  const rows = [
    ["Delivery", now.shipping, then.shipping],
    ["Tax", now.tax + now.tax_included, then.tax + then.tax_included],
    ["Total", now.total, then.total],
  ] as const;
  return confirmAct({
    title: "Keep the order's sum?",
    text: (
      <>
        <p>It is paid, or a payment is under way. With what you changed it would be another one:</p>
        <ul>
          {rows
            .filter(([, before, after]) => before !== after)
            .map(([label, before, after]) => (
              <li key={label}>
                {label}: {money(before, currency)} → {money(after, currency)}
              </li>
            ))}
        </ul>
      </>
    ),
    act: "Save, and keep the sum",
    keep: "Go back",
  });
}

const billingText = ({ company, name, vat_id, address }: Billing) =>
  [company, name, vat_id, address && addressText(address)].filter(Boolean).join(", ");

/** Saves an order. If its sum is settled and would be another one, this asks. */
async function saveOrder(id: number, body: Body<"/admin/orders/{id}", "put">, version: number): Promise<Order> {
  const send = (more: { keep_total?: boolean } = {}) =>
    put("/admin/orders/{id}", [id], { body: { ...body, ...more }, version });
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "total_would_change") throw error;
    const { currency } = await get("/admin/orders/{id}", [id]);
    if (await keepsSums(error.body as unknown as { now: Sums; then: Sums }, currency))
      return send({ keep_total: true });
    throw new Error("Nothing is saved: the order is as it was, with its sum.");
  }
}

export const editing = (id: number, users: readonly User[] = []): Editing<Order, Edit> => ({
  load: () => get("/admin/orders/{id}", [id]),
  save: ({ note, staff_note, managed_by, locale, billing, vat_id_verified, ...customer }, version) => {
    const own = { note, staff_note, managed_by, locale, billing, vat_id_verified };
    const order = Object.entries(own).filter(([, value]) => value !== undefined);
    const body = { ...Object.fromEntries(order), ...(Object.keys(customer).length > 0 && { customer }) };
    return saveOrder(id, body, version);
  },
  fields: ({ customer, note, staff_note, managed_by, locale, billing }) =>
    ({
      name: customer?.name,
      email: customer?.email,
      phone: customer?.phone,
      shipping_address: customer?.shipping_address,
      note,
      staff_note,
      managed_by: managed_by.id,
      locale,
      billing: billing && {
        name: billing.name,
        company: billing.company,
        vat_id: billing.vat_id,
        address: billing.address,
      },
      vat_id_verified: billing?.vat_id_verified ?? false,
    }) as Edit,
  labels: {
    name: "Name",
    email: "E-mail",
    phone: "Phone",
    shipping_address: "Address",
    note: "Customer's note",
    staff_note: "Staff note",
    managed_by: "Managed by",
    locale: "Language",
    billing: "Billed to",
    vat_id_verified: "VAT ID verified",
  },
  show: (field, value) => {
    if (field === "managed_by") return users.find((user) => user.id === value)?.username ?? `user ${value}`;
    if (field === "locale") return languageName(String(value));
    if (field === "shipping_address" && value) return addressText(value as Address);
    if (field === "billing") return value ? billingText(value as Billing) : "the recipient";
    if (field === "vat_id_verified") return value ? "yes" : "no";
    return String(value || "nothing");
  },
});
