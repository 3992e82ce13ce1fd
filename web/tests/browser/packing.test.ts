import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Api } from "./api";
import type { Visitor } from "./browser";
import { type Demo, openDemo } from "./demo";

// The packing table, deliveries and counts: as staff work there, with a mouse, a keyboard and a scanner that types.

let demo: Demo;
let api: Api;
let staff: Visitor;

const barcode = (number: number) => {
  const body = `20000000${String(number).padStart(4, "0")}`;
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
};

beforeAll(async () => {
  demo = await openDemo({ as: "staff" });
  ({ api, visitor: staff } = demo);
  for (const [at, sku, name] of [
    [1, "P-MUG", "Packing mug"],
    [2, "P-POT", "Packing pot"],
  ] as const) {
    const { id } = await api.call("POST", "/admin/inventory", { sku, name, price: 1000 * at, quantity: 500 });
    await api.call("PUT", `/admin/inventory/${id}`, { barcode: barcode(at), shelf: `A${at}`, weight_g: 300 });
  }
  // What the demo has to pack is cancelled, so that the table has the tests' orders alone.
  for (const { id } of (await api.call("GET", "/admin/packing?limit=200")).data)
    await api
      .call("POST", `/orders/${id}/cancel`, {})
      .catch(() => api.call("POST", `/orders/${id}/cancel-unshipped`, {}));
  await staff.page.addInitScript(() => {
    const seen = window as unknown as { presses: number; tones: number };
    seen.presses = 0;
    seen.tones = 0;
    const press = () => seen.presses++;
    addEventListener("pointerdown", press, true);
    addEventListener("keydown", (event) => event.key === "Enter" && press(), true);
    const make = AudioContext.prototype.createOscillator;
    AudioContext.prototype.createOscillator = function () {
      seen.tones++;
      return make.call(this);
    };
  });
});
afterAll(async () => {
  await demo?.close();
});

const presses = () => staff.page.evaluate(() => (window as unknown as { presses: number }).presses);
const tones = () => staff.page.evaluate(() => (window as unknown as { tones: number }).tones);
const orderOf = (id: number) => api.call("GET", `/admin/orders/${id}`);

/** What a scanner does: it types, and ends with Enter. */
async function scan(code: string | number) {
  await staff.page.waitForFunction(() => document.querySelector("form.scan")?.getAttribute("aria-busy") === "false");
  await staff.page.keyboard.type(String(code));
  await staff.page.keyboard.press("Enter");
}

/** Does something that opens a tab with a PDF, and closes the tab. */
async function printed(act: () => Promise<unknown>) {
  const opened = staff.context.waitForEvent("page");
  await act();
  await (await opened).close();
}

test("five slips take 4 clicks from Today at most, and the five orders are shipped with one more", async () => {
  const { page } = staff;
  const orders: number[] = [];
  for (let at = 0; at < 5; at++) orders.push((await api.paidOrder([{ sku: "P-MUG", quantity: at + 1 }])).id);
  await staff.go("/");
  const before = await presses();
  await page.getByRole("link", { name: /orders to pack/ }).click();
  await page.getByRole("cell", { name: "5 × Packing mug" }).waitFor();
  await page.getByRole("checkbox", { name: "Choose all rows" }).check();
  const chosen = page.getByRole("group", { name: "With the chosen rows" });
  const sheets = page.waitForResponse((response) => response.url().endsWith("/admin/packing/sheets"));
  await printed(() => chosen.getByRole("button", { name: "Print" }).click());
  expect((await sheets).status()).toBe(200);
  const slips = (await presses()) - before;
  expect(slips).toBeLessThanOrEqual(4);
  await page.getByText("label ready").nth(4).waitFor();
  await chosen.getByRole("button", { name: "Mark shipped" }).click();
  await page.getByText("5 orders leave in a minute").waitFor();
  const shipped = (await presses()) - before;
  expect(shipped).toBeLessThanOrEqual(7);
  console.info(`clicks: ${slips} to five slips, ${shipped} to five orders shipped`);
  await staff.expectAccessible("orders that leave");

  // Nobody was told yet, so it can be taken back.
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("5 orders are not shipped").waitFor();
  for (const id of orders) expect((await orderOf(id)).shipments[0].leaves_at).toBeNull();
  await api.call("POST", "/orders/bulk/fulfillment", { order_ids: orders, status: "shipped" });
  await page.getByText("Nothing to pack").waitFor();
});

describe.each([1280, 360])("at %i pixels", (width) => {
  beforeAll(() => staff.page.setViewportSize({ width, height: 800 }));

  test("three orders are packed with a scanner, one of them short", async () => {
    const { page } = staff;
    const line = (sku: string, quantity: number) => ({ sku, quantity });
    const first = await api.paidOrder([line("P-MUG", 2), line("P-POT", 1)], "Ida Rhodes");
    const second = await api.paidOrder([line("P-MUG", 1)], "Grete Hermann");
    const third = await api.paidOrder([line("P-POT", 3)], "Mary Ward");
    await staff.go("/pack");
    await page.getByRole("link", { name: String(first.id) }).waitFor();
    await staff.expectAccessible("what is to be packed");
    await staff.expectFits("what is to be packed");
    await scan("nothing");
    await page.getByText("nothing is not an order’s number").waitFor();
    await page.getByRole("button", { name: "Dismiss" }).click();
    await page.getByLabel(/Scan a slip/).focus();

    await scan(first.id);
    await page.getByRole("heading", { name: `Pack ${first.id}` }).waitFor();
    await page.getByText("3 to scan").waitFor();
    const silent = await tones();
    await scan("4006381333931");
    await page.getByRole("alert").getByText(`4006381333931 is not in order ${first.id}`).waitFor();
    expect(await tones()).toBeGreaterThan(silent);
    await scan(barcode(1));
    await page.getByText("1 of 2 × Packing mug").waitFor();
    await scan(second.id);
    await page.getByRole("alert").getByText(`Finish order ${first.id} first`).waitFor();
    await scan("p-mug");
    await page.getByText("2 of 2 × Packing mug").waitFor();
    await scan("P-MUG");
    await page.getByRole("alert").getByText("All 2 of Packing mug are packed already").waitFor();
    await staff.expectAccessible("an order that is being packed");
    await staff.expectFits("an order that is being packed");
    await printed(() => scan(barcode(2)));
    await page.getByText(`Order ${first.id} is packed.`).waitFor();
    expect((await orderOf(first.id)).shipments[0].status).toBe("label_ready");

    await scan(second.id);
    await page.getByRole("heading", { name: `Pack ${second.id}` }).waitFor();
    await page.getByText("1 to scan").waitFor();
    await printed(() => scan(barcode(1)));
    await page.getByText(`Order ${second.id} is packed.`).waitFor();

    await scan(third.id);
    await page.getByText("3 to scan").waitFor();
    await scan(barcode(2));
    await page.getByText("1 of 3 × Packing pot").waitFor();
    await scan(barcode(2));
    await page.getByText("2 of 3 × Packing pot").waitFor();
    await page.getByRole("button", { name: "Something is missing…" }).click();
    const dialog = page.getByRole("dialog", { name: "Something is missing" });
    await dialog.getByText("€0.00 go back").waitFor();
    await dialog.getByLabel("The customer").selectOption("refund");
    await dialog.getByLabel("The missing units").selectOption("write_off");
    await dialog.getByText("€20.00 go back to the customer; 1 unit is written off").waitFor();
    await staff.expectAccessible("something is missing");
    await staff.expectFits("something is missing");
    await printed(() => dialog.getByRole("button", { name: "Pack what is there" }).click());
    await page.getByText(`What is there of order ${third.id} is packed.`).waitFor();
    const short = await orderOf(third.id);
    expect(short.items[0].quantity_cancelled).toBe(1);
    expect(short.shipments[0].items[0].quantity).toBe(2);
    await expect.poll(async () => (await orderOf(third.id)).payment.refunded).toBe(2000);
    const ids = [first.id, second.id, third.id];
    await api.call("POST", "/orders/bulk/fulfillment", { order_ids: ids, status: "shipped" });
    for (const id of ids) expect((await orderOf(id)).status).toBe("shipped");
  });

  test("by the setting, the last item marks the order as shipped", async () => {
    const { page } = staff;
    await api.call("PUT", "/admin/settings", { ship_when_packed: true });
    const order = await api.paidOrder([{ sku: "P-MUG", quantity: 1 }]);
    await staff.go(`/pack/${order.id}`);
    await page.getByText("1 to scan").waitFor();
    await printed(() => scan(barcode(1)));
    await page.getByText(`Order ${order.id} leaves in a minute`).waitFor();
    expect((await orderOf(order.id)).shipments[0].leaves_at).not.toBeNull();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText(`Order ${order.id} is not shipped`).waitFor();
    await api.call("POST", `/orders/${order.id}/cancel`, {});
    await api.call("PUT", "/admin/settings", { ship_when_packed: false });
  });

  test("an order's label is outdated once its address changes, and staff decide", async () => {
    const { page } = staff;
    const order = await api.paidOrder([{ sku: "P-MUG", quantity: 1 }]);
    await api.call("PUT", `/orders/${order.id}/fulfillment`, {});
    await expect.poll(async () => (await orderOf(order.id)).shipments[0].status).toBe("label_ready");
    await staff.go(`/orders/${order.id}`);
    const parcels = page.getByRole("region", { name: "Parcels" });
    await parcels.getByRole("button", { name: "Mark shipped…" }).waitFor();
    await api.call("PUT", `/admin/orders/${order.id}`, { customer: { name: "Ada King" } });
    await parcels.getByText("The order was changed after this label was made").waitFor();
    expect(await parcels.getByRole("button", { name: "Mark shipped…" }).count()).toBe(0);
    await staff.expectAccessible("an outdated label");
    await staff.expectFits("an outdated label");
    await parcels.getByRole("button", { name: "Void it, and make a new one" }).click();
    await parcels.getByRole("button", { name: "Mark shipped…" }).waitFor();
    expect((await orderOf(order.id)).shipments.map(({ status }: { status: string }) => status)).toContain("voided");
    await api.call("POST", `/orders/${order.id}/cancel`, {});
  });

  test("a delivery of 12 products is booked in with 15 presses, and can be undone", async () => {
    const { page } = staff;
    const skus: string[] = [];
    for (let at = 0; at < 12; at++) {
      const sku = `D${width}-${at}`;
      skus.push(sku);
      const made = { sku, name: `Delivered thing ${width} ${at}`, price: 500, quantity: 1 };
      const { id } = await api.call("POST", "/admin/inventory", made);
      if (at < 6) await api.call("PUT", `/admin/inventory/${id}`, { barcode: barcode(width + at) });
    }
    const onHand = async (sku: string) => (await api.call("GET", `/admin/inventory/coded?code=${sku}`)).data[0].on_hand;
    await staff.go("/inventory");
    const before = await presses();
    await page.getByRole("link", { name: "Deliveries and counts" }).click();
    await page.getByText("Each line is on hand at once.").waitFor();
    for (const [at, sku] of skus.entries()) {
      if (at < 6) {
        await scan(barcode(width + at));
      } else {
        await staff.page.keyboard.type(sku);
        await staff.page.keyboard.press("Tab");
        await scan(at);
      }
      await page.getByText(`+${at < 6 ? 1 : at} × Delivered thing ${width} ${at}`, { exact: true }).waitFor();
    }
    const pressed = (await presses()) - before;
    expect(pressed).toBeLessThanOrEqual(15);
    console.info(`presses for a delivery of 12 products: ${pressed}`);
    await page.getByText("12 products").waitFor();
    expect(await onHand(skus[0]!)).toBe(2);
    expect(await onHand(skus[11]!)).toBe(12);
    await page.getByLabel("Supplier’s reference (optional)").fill("LS-4711");
    await page.keyboard.press("Tab");
    await scan("no such thing");
    await page.getByRole("alert").getByText("No product is called no such thing").waitFor();
    await staff.expectAccessible("a delivery");
    await staff.expectFits("a delivery");
    await page.getByRole("button", { name: "Undo all…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Undo the delivery" }).click();
    await page.getByText("The delivery is undone").waitFor();
    expect(await onHand(skus[11]!)).toBe(1);
    expect((await api.call("GET", "/admin/inventory/imports?limit=1")).data[0].reference).toBe("LS-4711");
  });

  test("a shelf is counted: differences are shown before they are booked, and what changed meanwhile is said", async () => {
    const { page } = staff;
    const [mug, pot] = [`C${width}-MUG`, `C${width}-POT`];
    for (const sku of [mug, pot])
      await api.call("POST", "/admin/inventory", { sku, name: `Counted ${sku}`, price: 700, quantity: 5 });
    const stockOf = async (sku: string) => (await api.call("GET", `/admin/inventory/coded?code=${sku}`)).data[0];
    await staff.go("/inventory/stock-in?mode=count");
    for (let times = 1; times <= 3; times++) {
      await scan(mug);
      await page.getByText(`${times} × Counted ${mug}, 5 expected`).waitFor();
    }
    await staff.page.keyboard.type(pot);
    await staff.page.keyboard.press("Tab");
    await scan(6);
    await page.getByRole("cell", { name: "+1" }).waitFor();
    await page.getByRole("cell", { name: "−2" }).waitFor();
    expect((await stockOf(mug)).on_hand).toBe(5);
    await staff.expectAccessible("a count");
    await staff.expectFits("a count");
    await api.call("PUT", `/admin/inventory/${(await stockOf(pot)).product_id}`, { adjust: -1, reason: "damaged" });
    await page.getByRole("button", { name: "Book 2 differences" }).click();
    await page.getByText("changed meanwhile: 5 before, 4 now").waitFor();
    expect((await stockOf(mug)).on_hand).toBe(5);
    await page.getByLabel("Barcode, SKU or name").focus();
    await staff.page.keyboard.type(pot);
    await staff.page.keyboard.press("Tab");
    await scan(6);
    await page.getByRole("cell", { name: "+2" }).waitFor();
    await page.getByRole("button", { name: "Book 2 differences" }).click();
    await page.getByText("2 products are corrected").waitFor();
    expect((await stockOf(mug)).on_hand).toBe(3);
    expect((await stockOf(pot)).on_hand).toBe(6);
  });
});

test("through all of it, the console was silent", () => {
  expect(staff.complaints).toEqual([]);
});
