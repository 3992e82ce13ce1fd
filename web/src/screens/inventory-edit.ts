import { get, put, type Answer, type Body } from "../api/client";
import { money, parseMoney } from "../text/money";
import { saveEdit, type Editing } from "../ui/edit";
import { FieldFault } from "../ui/form";
import { notify } from "../ui/toast";

// What the inventory's list and a product's page both do to a product.

export type Product = Answer<"/admin/inventory/{id}", "get">;
export type Change = Body<"/admin/inventory/{id}", "put">;

/** The fields that an edit can change, by the names that the API takes them under. */
export interface ProductEdit {
  sku: string;
  name: string;
  description: string;
  price: number;
  quantity: number;
  low_stock_threshold: number | null;
  weight_g: number | null;
  status: string;
}

type Listed = { id: number; version: number } & Omit<ProductEdit, "quantity"> & { on_hand: number };

const fieldsOf = (product: Listed): ProductEdit => ({
  sku: product.sku,
  name: product.name,
  description: product.description,
  price: product.price,
  quantity: product.on_hand,
  low_stock_threshold: product.low_stock_threshold,
  weight_g: product.weight_g,
  status: product.status,
});

export const productEditing = (id: number, currency: string): Editing<Listed, ProductEdit> => ({
  load: () => get("/admin/inventory/{id}", [id]),
  save: (edit, version) => put("/admin/inventory/{id}", [id], { body: edit as Change, version }),
  fields: fieldsOf,
  labels: {
    sku: "SKU",
    name: "Name",
    description: "Description",
    price: "Price",
    quantity: "On hand",
    low_stock_threshold: "Warn at",
    weight_g: "Weight in grams",
    status: "Status",
  },
  passing: ["quantity"],
  show: (field, value) => {
    if (field === "price") return money(value as number, currency);
    return value === null || value === "" ? "none" : String(value);
  },
});

/** Saves a change of a product that was shown as `product`; the list reads itself anew from the event. */
export async function saveInventory(product: Listed, edit: Partial<ProductEdit>, currency: string): Promise<void> {
  const saved = await saveEdit(product, edit, productEditing(product.id, currency));
  if (saved) notify(`${saved.name} saved`);
}

export const isLow = (product: { available: number; low_stock_threshold: number | null }) =>
  product.low_stock_threshold !== null && product.available <= product.low_stock_threshold;

export function typedCount(text: string): number {
  const count = Number(text);
  if (text === "" || !Number.isSafeInteger(count) || count < 0) throw new FieldFault("", "A whole number, 0 or more.");
  return count;
}

export const typedThreshold = (text: string) => (text === "" ? null : typedCount(text));

export function typedMoney(text: string, currency: string): number {
  const minor = parseMoney(text, currency);
  if (minor === undefined) throw new FieldFault("", `An amount in ${currency}.`);
  return minor;
}
