import { type Answer, type Body, explain, get, Problem, put } from "../api/client";
import { readMoney } from "../text/money";
import { readStock, readWhole } from "../text/number";
import type { TaxClass } from "../text/taxes";
import { type Editing, saveEdit } from "../ui/edit";
import { notify } from "../ui/toast";
import { fieldName, fieldText, type StockPolicy } from "./product-text";

// Edits of a product, shared by the inventory list and the product page.

export type Product = Answer<"/admin/inventory/{id}", "get">;
export type Change = Body<"/admin/inventory/{id}", "put">;

/** The fields that an edit can change, by their names in the API. */
export interface ProductEdit {
  sku: string;
  name: string;
  description: string;
  price: number;
  quantity: number;
  low_stock_threshold: number | null;
  weight_g: number | null;
  tax_class: TaxClass;
  status: string;
  compare_at_price: number | null;
  barcode: string;
  shelf: string;
  content: { quantity: number; unit: "g" | "ml" | "mm" } | null;
  customs_code: string;
  origin_country: string;
  stock_policy: StockPolicy;
  beyond_limit: number;
  expected_on: string | null;
  most_per_order: number | null;
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
  tax_class: product.tax_class,
  status: product.status,
  compare_at_price: product.compare_at_price,
  barcode: product.barcode,
  shelf: product.shelf,
  content: product.content,
  customs_code: product.customs_code,
  origin_country: product.origin_country,
  stock_policy: product.stock_policy,
  beyond_limit: product.beyond_limit,
  expected_on: product.expected_on,
  most_per_order: product.most_per_order,
});

const shown = (field: keyof ProductEdit, value: unknown, currency: string) => fieldText(field, value, currency);

const editable: (keyof ProductEdit)[] = [
  "sku",
  "name",
  "description",
  "price",
  "compare_at_price",
  "quantity",
  "low_stock_threshold",
  "weight_g",
  "tax_class",
  "status",
  "barcode",
  "shelf",
  "content",
  "customs_code",
  "origin_country",
  "stock_policy",
  "beyond_limit",
  "expected_on",
  "most_per_order",
];

export const productEditing = (id: number, currency: string): Editing<Listed, ProductEdit> => ({
  load: () => get("/admin/inventory/{id}", [id]),
  save: (edit, version) => put("/admin/inventory/{id}", [id], { body: edit as Change, version }),
  fields: fieldsOf,
  labels: Object.fromEntries(editable.map((field) => [field, fieldName(field)])),
  passing: ["quantity"],
  show: (field, value) => shown(field, value, currency),
});

const isStale = (error: unknown) => error instanceof Problem && error.status === 412;
const bad = (error: unknown) => notify(explain(error), { kind: "bad" });

/** Undoes a change of a figure, unless someone has changed it since. */
async function undo(field: keyof ProductEdit, saved: Listed, back: Change, what: string): Promise<void> {
  const isAsSaved = (now: Listed) => fieldsOf(now)[field] === fieldsOf(saved)[field];
  try {
    let { version } = saved;
    for (let tries = 0; ; tries++) {
      try {
        await put("/admin/inventory/{id}", [saved.id], { body: back, version });
        notify(`${what} is what it was`);
        return;
      } catch (error) {
        if (!isStale(error) || tries === 5) throw error;
      }
      // An order that reserves units also makes a new version, but changes none of these fields.
      const now = await get("/admin/inventory/{id}", [saved.id]);
      if (!isAsSaved(now)) throw new Error(`${what} was changed since. Nothing was undone.`);
      version = now.version;
    }
  } catch (error) {
    bad(error);
  }
}

/** Saves one figure of a product that was shown as `product`; the event makes the list reload. */
async function saveFigure<F extends "price" | "low_stock_threshold" | "quantity">(
  product: Listed,
  field: F,
  value: ProductEdit[F],
  currency: string,
): Promise<void> {
  // If someone saved meanwhile, the choice between both values shows the value of that time.
  let before = fieldsOf(product)[field];
  const editing = productEditing(product.id, currency);
  const load = async () => {
    const now = await editing.load();
    before = fieldsOf(now)[field];
    return now;
  };
  const saved = await saveEdit(product, { [field]: value } as Partial<ProductEdit>, { ...editing, load });
  if (saved) told(field, saved, before, currency);
}

/** Reports a figure's old and new value, and offers Undo. */
function told(
  field: "price" | "low_stock_threshold" | "quantity",
  saved: Listed,
  before: number | null,
  currency: string,
): void {
  const after = fieldsOf(saved)[field];
  if (before === after) return;
  const what = `${{ price: "Price", low_stock_threshold: "Low-stock threshold", quantity: "On hand" }[field]} of ${saved.name}`;
  const back = (
    field === "quantity"
      ? { adjust: before! - after!, reason: "adjusted", note: `Undone: ${before} → ${after}` }
      : { [field]: before }
  ) as Change;
  notify(`${what}: ${shown(field, before, currency)}\u00a0→\u00a0${shown(field, after, currency)}`, {
    action: { label: "Undo", run: () => undo(field, saved, back, what) },
  });
}

/** Adds or removes units, relative to the current stock. */
async function adjustStock(product: Listed, delta: number, currency: string): Promise<void> {
  if (delta === 0) return;
  const body = { adjust: delta, reason: "adjusted" } as Change;
  let { version } = product;
  for (let tries = 0; ; tries++) {
    try {
      const saved = await put("/admin/inventory/{id}", [product.id], { body, version });
      told("quantity", saved, saved.on_hand - delta, currency);
      return;
    } catch (error) {
      if (!isStale(error) || tries === 5) throw error;
    }
    version = (await get("/admin/inventory/{id}", [product.id])).version;
  }
}

/** Parses an edit of the stock: "89" sets it, "+24" adds to it, "-3" removes from it. */
export function saveStock(product: Listed, text: string, currency: string): Promise<void> {
  const change = readStock(text);
  return "set" in change
    ? saveFigure(product, "quantity", change.set, currency)
    : adjustStock(product, change.adjust, currency);
}

export const savePrice = (product: Listed, text: string, currency: string) =>
  saveFigure(product, "price", readMoney(text, currency), currency);

/** Empty: no warning, ever. */
export const saveThreshold = (product: Listed, text: string, currency: string) =>
  saveFigure(product, "low_stock_threshold", text === "" ? null : readWhole(text), currency);

/** Saves a field that is no figure. */
async function saveField<F extends "sku" | "status">(product: Listed, field: F, value: string, currency: string) {
  const saved = await saveEdit(
    product,
    { [field]: value } as Partial<ProductEdit>,
    productEditing(product.id, currency),
  );
  if (saved) notify(`${saved.name} saved`);
}

export const saveSku = (product: Listed, text: string, currency: string) => saveField(product, "sku", text, currency);

export const saveStatus = (product: Listed, status: string, currency: string) =>
  saveField(product, "status", status, currency);

export const isLow = (product: { available: number | null; low_stock_threshold: number | null }) =>
  product.low_stock_threshold !== null &&
  product.available !== null &&
  product.available <= product.low_stock_threshold;
