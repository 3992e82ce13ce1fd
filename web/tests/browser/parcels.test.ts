import { afterAll, beforeAll, expect, test } from "vitest";
import type { Api } from "./api";
import type { Visitor } from "./browser";
import { type Demo, openDemo } from "./demo";
import { EasyPost } from "./easypost";

// Parcels beyond the day's walk: labels of a carrier's, labels of many, what comes back, what is not shipped.

let easypost: EasyPost;
let demo: Demo;
let api: Api;
let staff: Visitor;

beforeAll(async () => {
  easypost = await EasyPost.start();
  demo = await openDemo({ as: "staff", extra: ["--easypost-url", easypost.url] });
  ({ api, visitor: staff } = demo);
  for (const [sku, name, price] of [
    ["T-MUG", "Stoneware mug", 1450],
    ["T-POT", "Teapot", 4900],
  ])
    await api.call("POST", "/admin/inventory", { sku, name, price, quantity: 100, weight_g: 400 });
});
afterAll(async () => {
  await demo?.close();
  easypost?.stop();
});

const stateOf = (id: number) => api.call("GET", `/admin/orders/${id}`);

test("a carrier's label is bought at a price that was seen, and tried again where it failed", async () => {
  const { page } = staff;
  const order = await api.paidOrder([{ sku: "T-MUG", quantity: 2 }]);
  await staff.go(`/orders/${order.id}`);
  const parcels = page.getByRole("region", { name: "Parcels" });
  const dialog = page.getByRole("dialog");
  await parcels.getByRole("button", { name: "Fulfil…" }).click();
  // No carrier is offered before it is set up.
  expect(await dialog.getByLabel("Carrier").locator("option").allTextContents()).toEqual(["Own label"]);
  await page.keyboard.press("Escape");
  await api.call("PUT", "/admin/settings", { easypost_api_key: EasyPost.key });

  await parcels.getByRole("button", { name: "Fulfil…" }).click();
  await dialog.getByLabel("Carrier").selectOption("easypost");
  const buy = dialog.getByRole("button", { name: "Buy the label" });
  expect(await buy.isDisabled()).toBe(true);
  await dialog.getByRole("button", { name: "Ask for prices" }).click();
  await dialog.getByLabel(/USPS GroundAdvantage/).waitFor();
  await staff.expectAccessible("rates");
  // Another parcel has another price.
  await dialog.getByLabel("Weight").fill("900");
  await dialog.getByRole("button", { name: "Ask for prices" }).click();
  await dialog.getByLabel(/USPS Priority/).check();
  easypost.refuseNext = true;
  await buy.click();
  const parcel = parcels.getByRole("listitem").first();
  await parcel.getByText("SHIPMENT.POSTAGE.FAILURE").waitFor();
  await staff.expectAccessible("a label that failed");
  expect(easypost.bought).toBe(0);
  expect(await parcel.getByRole("link", { name: "Print label" }).count()).toBe(0);
  await parcel.getByRole("button", { name: "Try again" }).click();
  await parcel.getByText("Label ready").waitFor();
  await parcel.getByText("US$7.58").waitFor();
  expect(easypost.bought).toBe(1);
});

test("a label and a packing slip open as PDF", async () => {
  const { page } = staff;
  const order = await api.paidOrder([{ sku: "T-MUG", quantity: 1 }]);
  await api.call("PUT", `/orders/${order.id}/fulfillment`, {});
  await staff.go(`/orders/${order.id}`);
  for (const name of ["Print label", "Packing slip"]) {
    const opened = staff.context.waitForEvent("page");
    const link = page.getByRole("link", { name });
    await link.click();
    await (await opened).close();
    const answer = await page.request.get((await link.getAttribute("href"))!);
    expect(answer.headers()["content-type"]).toBe("application/pdf");
    expect((await answer.body()).subarray(0, 5).toString()).toBe("%PDF-");
  }
});

test("many orders get their parcels, with a result for each, and their labels in one PDF", async () => {
  const { page } = staff;
  const names = ["Ida Rhodes", "Grete Hermann", "Mary Ward"];
  const orders: { id: number }[] = [];
  for (const name of names) orders.push(await api.paidOrder([{ sku: "T-MUG", quantity: 1 }], name));
  await staff.go("/orders");
  for (const { id } of orders) await page.getByRole("checkbox", { name: `Choose ${id}` }).check();
  const chosen = page.getByRole("group", { name: "With the chosen rows" });
  // Someone cancels one of them at the last moment.
  await page.route("**/orders/bulk/fulfillment", async (route) => {
    await api.call("POST", `/orders/${orders[1]!.id}/cancel`, {});
    await route.continue();
  });
  await chosen.getByRole("button", { name: "Fulfil", exact: true }).click();
  const results = page.getByRole("dialog", { name: "Fulfil" });
  await results.getByRole("row", { name: new RegExp(`^${orders[1]!.id} .*(cancelled|refunded)`) }).waitFor();
  expect(await results.getByText("Done", { exact: true }).count()).toBe(2);
  await staff.expectAccessible("results of many");
  await page.unroute("**/orders/bulk/fulfillment");
  await results.getByRole("button", { name: "Close", exact: true }).last().click();

  await staff.go("/orders");
  for (const { id } of [orders[0]!, orders[2]!]) await page.getByRole("checkbox", { name: `Choose ${id}` }).check();
  const opened = staff.context.waitForEvent("page");
  const answer = page.waitForResponse((response) => response.url().endsWith("/shipments/labels"));
  // "Print labels (1)" it is while the list has read of one label only.
  await chosen.getByRole("button", { name: "Print labels", exact: true }).click();
  expect((await answer).status()).toBe(200);
  expect((await answer).headers()["content-type"]).toBe("application/pdf");
  await (await opened).close();
});

test("units come back: they are on sale again, and their money goes back", async () => {
  const { page } = staff;
  const order = await api.paidOrder([
    { sku: "T-MUG", quantity: 2 },
    { sku: "T-POT", quantity: 1 },
  ]);
  await staff.go(`/orders/${order.id}`);
  expect(await page.getByRole("region", { name: "Returns" }).count()).toBe(0);
  await api.call("PUT", `/orders/${order.id}/fulfillment`, {});
  await api.call("PUT", `/orders/${order.id}/fulfillment`, { status: "shipped" });
  const before = (await api.call("GET", "/admin/inventory?q=T-MUG")).data[0].on_hand;
  const returns = page.getByRole("region", { name: "Returns" });
  const dialog = page.getByRole("dialog");
  await returns.getByRole("button", { name: "Take back…" }).click();
  await dialog.getByRole("button", { name: "Take back", exact: true }).click();
  await dialog.getByText("At least one unit came back.").waitFor();
  await dialog.getByLabel("Stoneware mug").fill("1");
  await dialog.getByLabel("Reason").fill("Too small");
  await staff.expectAccessible("take back");
  await dialog.getByRole("button", { name: "Take back", exact: true }).click();
  await returns.getByText("1 × Stoneware mug").waitFor();
  await returns.getByText("€14.50 refunded: Too small").waitFor();
  expect((await api.call("GET", "/admin/inventory?q=T-MUG")).data[0].on_hand).toBe(before + 1);
  await expect.poll(async () => (await stateOf(order.id)).payment.refunded).toBe(1450);
});

test("of a partly shipped order, what is not shipped is cancelled, and paid back", async () => {
  const { page } = staff;
  const order = await api.paidOrder([
    { sku: "T-MUG", quantity: 1 },
    { sku: "T-POT", quantity: 1 },
  ]);
  await api.call("PUT", `/orders/${order.id}/fulfillment`, { items: [{ item_id: order.items[0].id, quantity: 1 }] });
  await api.call("PUT", `/orders/${order.id}/fulfillment`, { status: "shipped" });
  await staff.go(`/orders/${order.id}`);
  expect(await page.getByRole("button", { name: "Cancel order…" }).count()).toBe(0);
  await page.getByRole("button", { name: "Cancel the rest…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("1 × Teapot").waitFor();
  await dialog.getByLabel("Reason").fill("The kiln broke");
  await staff.expectAccessible("cancel the rest");
  await dialog.getByRole("button", { name: "Cancel the rest" }).click();
  await page.getByText("What was not shipped is cancelled: The kiln broke").waitFor();
  await page.getByRole("heading", { level: 1 }).getByText("Shipped", { exact: true }).waitFor();
  await expect.poll(async () => (await stateOf(order.id)).payment.refunded).toBe(4900);
});

test("an order that is paid on delivery is packed before it is paid; one that waits for its transfer is not", async () => {
  const { page } = staff;
  const manual = async (type: string, name: string) => {
    const order = await api.order([{ sku: "T-MUG", quantity: 1 }], name);
    await api.call("POST", "/payments", { order_id: order.id, method: { type } });
    return order;
  };
  const onDelivery = await manual("cash_on_delivery", "Ida Rhodes");
  const transfer = await manual("bank_transfer", "Grete Hermann");
  const unpaid = await api.order([{ sku: "T-MUG", quantity: 1 }], "Mary Ward");
  const parcels = page.getByRole("region", { name: "Parcels" });
  const payment = page.getByRole("region", { name: "Payment" });

  await staff.go(`/orders/${unpaid.id}`);
  expect(await parcels.count()).toBe(0);
  await staff.go(`/orders/${transfer.id}`);
  await payment.getByText("Awaiting transfer").waitFor();
  await parcels.getByText("Packed once it is paid").waitFor();
  expect(await parcels.getByRole("button", { name: "Fulfil…" }).count()).toBe(0);
  // The shop changes its mind, and this page knows.
  await api.call("PUT", "/admin/settings", { ship_before_payment: { bank_transfer: true, cash_on_delivery: true } });
  await parcels.getByRole("button", { name: "Fulfil…" }).waitFor();
  await api.call("PUT", "/admin/settings", { ship_before_payment: { bank_transfer: false, cash_on_delivery: true } });

  await staff.go(`/orders/${onDelivery.id}`);
  await payment.getByText("On delivery", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Start packing" }).waitFor();
  await parcels.getByRole("button", { name: "Fulfil…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make the parcel" }).click();
  await page.getByRole("heading", { level: 1 }).getByText("Processing").waitFor();
  expect(await page.getByRole("button", { name: "Start packing" }).count()).toBe(0);
  expect((await stateOf(onDelivery.id)).shipments).toHaveLength(1);

  // In the list each step is for those that may take it.
  const another = await manual("cash_on_delivery", "Lise Meitner");
  const cancelled = await manual("cash_on_delivery", "Ida Noddack");
  await staff.go("/orders");
  for (const { id } of [another, cancelled, transfer, unpaid])
    await page.getByRole("checkbox", { name: `Choose ${id}` }).check();
  await page.getByRole("button", { name: "Fulfil (2)" }).waitFor();
  await page.getByRole("button", { name: "Start packing (2)" }).waitFor();
  // What the list does not know yet is refused, and says why.
  await page.route("**/admin/orders?*", (route) => route.abort());
  await api.call("POST", `/orders/${cancelled.id}/cancel`, {});
  await page.getByRole("button", { name: "Fulfil (2)" }).click();
  const results = page.getByRole("dialog", { name: "Fulfil" });
  await results.getByRole("row", { name: new RegExp(`^${cancelled.id} .*is voided`) }).waitFor();
  await results.getByRole("row", { name: new RegExp(`^${another.id} Done`) }).waitFor();
  await results.getByRole("button", { name: "Close", exact: true }).last().click();
  await page.unroute("**/admin/orders?*");
});

test("through all of it, the console was silent", () => {
  expect(staff.complaints).toEqual([]);
});
