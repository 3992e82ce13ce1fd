import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Api } from "./api";
import type { Visitor } from "./browser";
import { addProducts, type Demo, openDemo } from "./demo";

// Staff take orders, and change what was ordered.

let demo: Demo;
let api: Api;
let owner: Visitor;

beforeAll(async () => {
  demo = await openDemo();
  ({ api, visitor: owner } = demo);
  await addProducts(api);
  await api.order([{ sku: "T-MUG", quantity: 1 }], "Grete Telefon");
  // She is found once the search has read of her order.
  await vi.waitFor(async () => expect((await api.call("GET", "/admin/customers?q=Telefon")).data).toHaveLength(1), {
    timeout: 45_000,
  });
});
afterAll(() => demo?.close());

const stateOf = (id: number) => api.call("GET", `/admin/orders/${id}`);
const idOfPage = () => Number(new URL(owner.page.url()).pathname.split("/").at(-1));
const widths = [360, 1280];

test("an order by telephone is taken by keyboard alone, in half a minute", async () => {
  const { page } = owner;
  await owner.go("/orders/new");
  const began = Date.now();
  const keys = page.keyboard;
  const waitForOffer = (text: string) =>
    page.locator(".finder").getByRole("option").filter({ hasText: text }).first().waitFor();
  await owner.focusIs({ tag: "INPUT" });
  await keys.type("Telefon");
  await waitForOffer("Grete Telefon");
  await keys.press("Enter");
  await page.waitForFunction(() => document.activeElement?.closest(".lines") !== null);
  await keys.type("T-MUG");
  await waitForOffer("Stoneware mug");
  await keys.press("Enter");
  await page.waitForFunction(() => (document.activeElement as HTMLInputElement)?.name === "items/0/quantity");
  await keys.type("2");
  await keys.press("Enter");
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "combobox");
  await keys.type("T-POT");
  await keys.press("Enter"); // as a scanner does, before the answer is there
  await page.waitForFunction(() => (document.activeElement as HTMLInputElement)?.name === "items/1/quantity");
  await keys.press("Enter");
  for (let steps = 0; steps < 20; steps++) {
    if (await page.evaluate(() => document.activeElement?.textContent === "Place order")) break;
    await keys.press("Tab");
  }
  await keys.press("Enter");
  await page.waitForFunction(() => /\/orders\/\d+$/.test(location.pathname));
  expect(Date.now() - began).toBeLessThan(30_000);
  const order = await stateOf(idOfPage());
  expect(order.status).toBe("pending");
  expect(order.customer.name).toBe("Grete Telefon");
  expect(order.items.map(({ sku, quantity }: { sku: string; quantity: number }) => [sku, quantity])).toEqual([
    ["T-MUG", 2],
    ["T-POT", 1],
  ]);
});

test("a new customer, a line of the shop's own, another price and a discount: drafted, placed, and paid in cash", async () => {
  const { page } = owner;
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await owner.go("/orders/new");
    await page.getByRole("button", { name: "Add a new customer" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Hedwig Laden");
    await page.getByLabel("Street and number").fill("Markt 1");
    await page.getByLabel("City").fill("Ulm");
    await page.getByLabel("Country").selectOption("DE");
    await page.getByRole("combobox", { name: "Add a product" }).fill("T-MUG");
    await page.locator(".lines").getByRole("option").first().click();
    await page.getByLabel("Price, EUR").fill("13");
    await page.getByLabel("Why another price").fill("A scratch");
    await page.getByRole("button", { name: "Add a line of your own" }).click();
    await page.getByLabel("What it is for").fill("Engraving");
    await page.getByLabel("Price, EUR").nth(1).fill("5");
    await page.getByLabel("Discount").fill("10 %");
    await page.getByLabel("Why", { exact: false }).last().waitFor();
    await page.locator('[name="discount/reason"]').fill("A friend");
    await page.getByLabel("Note").focus();
    await page.getByText("Subtotal").waitFor();
    await owner.expectFits(`a new order at ${width}`);
    await owner.expectAccessible(`a new order at ${width}`);
    await page.getByRole("button", { name: "Save as draft" }).click();
    await page.waitForFunction(() => /\/orders\/\d+$/.test(location.pathname));
    await owner.settled();
    const id = idOfPage();
    expect((await stateOf(id)).status).toBe("draft");
    await owner.expectFits(`a draft at ${width}`);
    await owner.expectAccessible(`a draft at ${width}`);
    await page.getByRole("button", { name: "Place order" }).click();
    await page.getByRole("button", { name: "Record a payment…" }).click();
    await page.getByRole("dialog").getByLabel("Pays by").selectOption({ label: "Cash, now" });
    await page.getByRole("dialog").getByRole("button", { name: "Record" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const order = await stateOf(id);
    expect(order).toMatchObject({ status: "paid", subtotal: 1800, discount: 180, balance: 0 });
    expect(order.items[1]).toMatchObject({ product_id: null, name: "Engraving" });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
});

test("a paid order is edited up and down: what it comes to is shown first, and the money follows", async () => {
  const { page } = owner;
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    const placed = await api.order([{ sku: "T-MUG", quantity: 1 }], "Mary Shelley");
    const payment = await api.call("POST", "/payments", { order_id: placed.id, method: { type: "cash" } });
    await api.call("POST", `/payments/${payment.id}/capture`, {});
    const paid = await stateOf(placed.id);
    expect(paid.status).toBe("paid");
    await owner.go(`/orders/${placed.id}`);
    const dialog = page.getByRole("dialog");

    await page.getByRole("button", { name: "Edit order" }).click();
    await page.getByLabel("Stoneware mug, quantity").fill("2");
    await dialog.getByRole("button", { name: "See what changes" }).click();
    await dialog.getByText("are still owed").first().waitFor();
    expect((await stateOf(placed.id)).total).toBe(paid.total);
    await owner.expectFits(`an edit at ${width}`);
    await owner.expectAccessible(`an edit at ${width}`);
    await dialog.getByRole("button", { name: "Apply" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await stateOf(placed.id)).toMatchObject({ status: "pending", balance: 1450, total: paid.total + 1450 });
    // What is owed ships only if staff say so.
    await page.getByRole("button", { name: "Fulfil…" }).click();
    await dialog.getByRole("button", { name: "Make the parcel" }).click();
    await dialog.getByText("are owed: say that it ships all the same").waitFor();
    await owner.expectAccessible(`what is owed at ${width}`);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Mark received…" }).click();
    await dialog.getByRole("button", { name: "Mark received" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await stateOf(placed.id)).toMatchObject({ status: "paid", balance: 0 });
    await page.getByRole("heading", { level: 1, name: "Paid" }).waitFor(); // it is edited as it is now

    await page.getByRole("button", { name: "Edit order" }).click();
    await page.getByLabel("Stoneware mug, quantity").fill("1");
    await dialog.getByRole("button", { name: "See what changes" }).click();
    await dialog.getByText("go back to the customer").waitFor();
    await dialog.getByRole("button", { name: "Apply" }).click();
    await dialog.waitFor({ state: "detached" });
    const back = await stateOf(placed.id);
    expect(back).toMatchObject({ status: "paid", total: paid.total, balance: 0 });
    expect(back.payment).toMatchObject({ captured: paid.total + 1450, refunded: 1450, to_be_sent: 1450 });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
});
