import { afterAll, beforeAll, expect, test } from "vitest";
import type { Api } from "./api";
import type { Visitor } from "./browser";
import { type Demo, openDemo, password } from "./demo";

// Two people at once, while the page is live: what is behind an open dialog or field shows the other's change already, and
// still an edit is one of what was seen when it began.

let demo: Demo;
let api: Api;
let owner: Visitor;

beforeAll(async () => {
  demo = await openDemo();
  ({ api, visitor: owner } = demo);
  await api.call("POST", "/admin/users", { username: "ben", password, role: "staff" });
  await api.call("POST", "/admin/inventory", {
    sku: "T-MUG",
    name: "Stoneware mug",
    price: 1450,
    quantity: 100,
    weight_g: 400,
  });
});
afterAll(() => demo?.close());

const stateOf = (id: number) => api.call("GET", `/admin/orders/${id}`);
const mug = async () => (await api.call("GET", "/admin/inventory?q=T-MUG")).data[0];
const choice = () => owner.page.getByRole("dialog", { name: "Someone saved before you" });

test("an address that someone else changed meanwhile is one choice: theirs whole, or mine whole", async () => {
  const { page } = owner;
  const order = await api.order([{ sku: "T-MUG", quantity: 1 }], "Mary Shelley");
  await owner.go(`/orders/${order.id}`);
  const customer = page.getByRole("region", { name: "Customer" });
  await customer.getByRole("button", { name: "Change" }).click();
  await page.getByLabel("Street and number").fill("Mine Street 1");
  await page.getByLabel("Name", { exact: true }).fill("Mary W. Shelley");
  const theirs = { line1: "Their Road 2", line2: "", city: "Bath", region: "", postal_code: "BA1", country: "GB" };
  await api.call("PUT", `/admin/orders/${order.id}`, { customer: { shipping_address: theirs, phone: "+44 1225 1" } });
  // The page behind the dialog has it by now.
  await customer.getByText("Their Road 2").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await choice().getByText("Their Road 2, BA1 Bath, United Kingdom", { exact: true }).waitFor();
  await choice().getByText("Mine Street 1, 10115 Berlin, Germany", { exact: true }).waitFor();
  await choice().getByText("+44 1225 1").waitFor();
  expect(await choice().getByRole("group").count()).toBe(1);
  await owner.expectAccessible("a clash of addresses");
  expect((await stateOf(order.id)).customer.shipping_address).toMatchObject(theirs);
  await choice().getByRole("radio", { name: "Theirs" }).check();
  await choice().getByRole("button", { name: "Save like this" }).click();
  // It is saved once the dialog below goes, too.
  await page.getByRole("dialog").first().waitFor({ state: "detached" });
  expect((await stateOf(order.id)).customer).toMatchObject({
    name: "Mary W. Shelley",
    phone: "+44 1225 1",
    shipping_address: theirs,
  });
});

test("a note that someone else wrote meanwhile is not overwritten unseen", async () => {
  const { page } = owner;
  const order = await api.order([{ sku: "T-MUG", quantity: 1 }]);
  await owner.go(`/orders/${order.id}`);
  await page.getByRole("button", { name: "Add a note" }).click();
  await page.getByRole("textbox", { name: "Note" }).fill("Mine");
  await api.call("PUT", `/admin/orders/${order.id}`, { staff_note: "Theirs" });
  await page.getByRole("region", { name: "Notes" }).getByText("Theirs", { exact: true }).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await choice().getByRole("radio", { name: "Theirs" }).waitFor();
  expect((await stateOf(order.id)).staff_note).toBe("Theirs");
  await choice().getByRole("button", { name: "Let mine go" }).click();
});

test("what has nothing to do with an edit does not stop it", async () => {
  const { page } = owner;
  const order = await api.order([{ sku: "T-MUG", quantity: 1 }]);
  await owner.go(`/orders/${order.id}`);
  await page.getByRole("button", { name: "Add a note" }).click();
  await page.getByRole("textbox", { name: "Note" }).fill("Ring twice");
  const payment = await api.call("POST", "/payments", { order_id: order.id, method: { type: "bank_transfer" } });
  await api.call("POST", `/payments/${payment.id}/capture`, {});
  await page.getByRole("heading", { level: 1 }).getByText("Paid").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect((await stateOf(order.id)).staff_note).toBe("Ring twice");
});

test("an order that changed under a dialog is not cancelled before that was seen", async () => {
  const { page } = owner;
  const order = await api.order([{ sku: "T-MUG", quantity: 1 }]);
  await owner.go(`/orders/${order.id}`);
  await page.getByRole("button", { name: "Cancel order…" }).click();
  const payment = await api.call("POST", "/payments", { order_id: order.id, method: { type: "bank_transfer" } });
  await api.call("POST", `/payments/${payment.id}/capture`, {});
  await page.getByRole("heading", { level: 1 }).getByText("Paid").waitFor();
  const dialog = page.getByRole("dialog");
  expect(await dialog.getByText("go back to the customer").count()).toBe(0);
  await dialog.getByRole("button", { name: "Cancel the order" }).click();
  await dialog.getByRole("alert").getByText("changed while this was open: it is paid now").waitFor();
  expect((await stateOf(order.id)).status).toBe("paid");
  // Now it says that money goes back, and whoever still wants that may.
  await dialog.getByText("go back to the customer").waitFor();
  await owner.expectAccessible("a cancellation that was stale");
  await dialog.getByRole("button", { name: "Cancel the order" }).click();
  await dialog.waitFor({ state: "detached" });
  expect((await stateOf(order.id)).status).toBe("cancelled");
});

test("a parcel is not made of what someone else packed meanwhile", async () => {
  const { page } = owner;
  const order = await api.paidOrder([{ sku: "T-MUG", quantity: 3 }]);
  await owner.go(`/orders/${order.id}`);
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "Fulfil…" }).click();
  await dialog.getByText("of 3").waitFor();
  await api.call("PUT", `/orders/${order.id}/fulfillment`, { items: [{ item_id: order.items[0].id, quantity: 1 }] });
  await page.getByRole("region", { name: "Parcels" }).getByText("Label ready").waitFor();
  await dialog.getByRole("button", { name: "Make the parcel" }).click();
  await dialog.getByRole("alert").getByText("changed while this was open").waitFor();
  await dialog.getByText("of 2").waitFor();
  await dialog.getByLabel("Stoneware mug").fill("2");
  await dialog.getByRole("button", { name: "Make the parcel" }).click();
  await dialog.waitFor({ state: "detached" });
  expect((await stateOf(order.id)).shipments).toHaveLength(2);
});

test("what someone else paid back meanwhile is seen before more goes back; and never more than is left", async () => {
  const { page } = owner;
  const order = await api.paidOrder([{ sku: "T-MUG", quantity: 2 }]);
  const { id, captured } = (await stateOf(order.id)).payment;
  await owner.go(`/orders/${order.id}`);
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "Refund…" }).click();
  await dialog.getByLabel("Amount").fill("999.00");
  await dialog.getByRole("button", { name: "Refund", exact: true }).click();
  await dialog
    .locator(".fault")
    .getByText(/^It is €\d+\.\d\d at most\.$/)
    .waitFor();
  await dialog.getByLabel("Amount").fill("5.00");
  await api.call("POST", `/payments/${id}/refunds`, { amount: 700, reason: "Late" });
  await page.getByRole("region", { name: "Payment" }).getByText("Partly refunded").waitFor();
  await dialog.getByRole("button", { name: "Refund", exact: true }).click();
  await dialog.getByRole("alert").getByText("The payment changed while this was open").waitFor();
  expect((await stateOf(order.id)).payment.refunded).toBe(700);
  await expect.poll(() => dialog.getByText("can go back").textContent()).toContain(((captured - 700) / 100).toFixed(2));
  await dialog.getByRole("button", { name: "Refund", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  expect((await stateOf(order.id)).payment.refunded).toBe(1200);
});

test("the one who looks after an order is changed on top of nobody's choice", async () => {
  const { page } = owner;
  const order = await api.order([{ sku: "T-MUG", quantity: 1 }]);
  const users: { id: number; username: string }[] = (await api.call("GET", "/admin/users")).data;
  const ben = users.find(({ username }) => username === "ben")!;
  const third = await api.call("POST", "/admin/users", { username: "carla", password, role: "staff" });
  await api.call("PUT", `/admin/orders/${order.id}`, {
    managed_by: users.find(({ username }) => username === "owner")!.id,
  });
  await owner.go(`/orders/${order.id}`);
  const select = page.getByRole("combobox", { name: "Managed by" });
  await select.focus();
  await api.call("PUT", `/admin/orders/${order.id}`, { managed_by: third.id });
  await expect.poll(() => select.inputValue()).toBe(String(third.id));
  await select.selectOption(String(ben.id));
  await choice().getByText("carla", { exact: true }).waitFor();
  await choice().getByRole("button", { name: "Let mine go" }).click();
  expect((await stateOf(order.id)).managed_by.username).toBe("carla");
});

test("stock that was counted elsewhere while the cell was open is a choice", async () => {
  const { page } = owner;
  await owner.go("/inventory?q=T-MUG");
  const before = await mug();
  await page.getByRole("button", { name: "On hand of Stoneware mug" }).click();
  const cell = page.getByRole("textbox", { name: "On hand of Stoneware mug" });
  await cell.fill("55");
  await api.call("PUT", `/admin/inventory/${before.id}`, { quantity: 77, price: 1500 });
  await page.getByRole("button", { name: /Price of Stoneware mug: €15\.00/ }).waitFor();
  await cell.press("Enter");
  await choice().getByText("77", { exact: true }).waitFor();
  expect((await mug()).on_hand).toBe(77);
  await choice().getByRole("radio", { name: "Yours" }).check();
  await choice().getByRole("button", { name: "Save like this" }).click();
  await page.getByRole("button", { name: "On hand of Stoneware mug: 55" }).waitFor();
  expect((await mug()).on_hand).toBe(55);

  // Opened and left as it was, the cell changes nothing: not even what changed under it.
  await page.getByRole("button", { name: "On hand of Stoneware mug: 55" }).click();
  await api.call("PUT", `/admin/inventory/${before.id}`, { quantity: 60, price: 1450 });
  await page.getByRole("button", { name: /Price of Stoneware mug: €14\.50/ }).waitFor();
  await cell.press("Enter");
  await page.getByRole("button", { name: "On hand of Stoneware mug: 60" }).waitFor();
  expect((await mug()).on_hand).toBe(60);
});

test("a product's form, and a count of its stock, are held to what was seen; what came in is not", async () => {
  const { page } = owner;
  const { id } = await mug();
  await owner.go(`/inventory/${id}`);
  const dialog = page.getByRole("dialog");
  const facts = page.getByRole("region", { name: "Product" });
  await page.getByRole("button", { name: "Edit…" }).click();
  await page.getByLabel("Price").fill("16.00");
  await api.call("PUT", `/admin/inventory/${id}`, { price: 1700 });
  await facts.getByText("€17.00").waitFor();
  await dialog.getByRole("button", { name: "Save" }).click();
  await choice().getByText("€17.00", { exact: true }).waitFor();
  await choice().getByRole("button", { name: "Let mine go" }).click();
  expect((await mug()).price).toBe(1700);

  const stock = page.getByRole("region", { name: "Stock" });
  await page.getByRole("button", { name: "Adjust stock…" }).click();
  await dialog.getByLabel("What happened").selectOption("corrected");
  await dialog.getByLabel("Counted on hand").fill("50");
  await api.call("PUT", `/admin/inventory/${id}`, { adjust: 4, reason: "received" });
  await stock.getByText("64", { exact: true }).waitFor();
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByRole("alert").getByText("On hand went from 60 to 64").waitFor();
  expect((await mug()).on_hand).toBe(64);
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  expect((await mug()).on_hand).toBe(50);

  await page.getByRole("button", { name: "Adjust stock…" }).click();
  await dialog.getByLabel("How many").fill("10");
  await api.call("PUT", `/admin/inventory/${id}`, { adjust: -1, reason: "damaged" });
  await stock.getByText("49", { exact: true }).waitFor();
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  expect((await mug()).on_hand).toBe(59);
});

test("through all of it, the console was silent", () => {
  expect(owner.complaints).toEqual([]);
});
