import { afterAll, beforeAll, expect, test } from "vitest";
import type { Api } from "./api";
import type { Visitor } from "./browser";
import { addProducts, type Demo, openDemo } from "./demo";
import { MailServer } from "./mail-server";

// What staff do on an order's page besides selling and packing, and how the settings are saved.

let demo: Demo;
let api: Api;
let owner: Visitor;
let server: MailServer;

beforeAll(async () => {
  demo = await openDemo();
  ({ api, visitor: owner } = demo);
  await addProducts(api);
  server = await MailServer.start();
  await server.receive(api);
});
afterAll(async () => {
  await demo?.close();
  server?.stop();
});

test("on a telephone, customer, payment and notes stand before the history", async () => {
  const order = await api.order([{ sku: "T-MUG", quantity: 1 }], "Small Screen");
  await owner.page.setViewportSize({ width: 360, height: 740 });
  await owner.go(`/orders/${order.id}`);
  const top = async (name: string) => (await owner.page.getByRole("region", { name, exact: true }).boundingBox())!.y;
  const history = await top("History");
  for (const part of ["Customer", "Payment", "Notes"]) expect(await top(part), part).toBeLessThan(history);
  await owner.expectAccessible("an order on a telephone");
  await owner.page.setViewportSize({ width: 1280, height: 900 });
});

test("a refund starts at nothing, and adds up what is chosen", async () => {
  const { page } = owner;
  const order = await api.paidOrder([
    { sku: "T-MUG", quantity: 2 },
    { sku: "T-POT", quantity: 1 },
  ]);
  const mug = order.items.find(({ sku }: { sku: string }) => sku === "T-MUG");
  await owner.go(`/orders/${order.id}`);
  await page.getByRole("button", { name: "Refund…" }).click();
  const dialog = page.getByRole("dialog");
  const amount = dialog.getByLabel("Amount");
  expect(await amount.inputValue()).toBe("");
  await dialog.getByRole("button", { name: "Refund", exact: true }).click();
  await dialog.getByText("This is needed.").waitFor();
  await dialog.getByLabel(mug.name).fill("1");
  await expect.poll(() => amount.inputValue()).toBe((mug.unit_price / 100).toFixed(2));
  await dialog.getByLabel(mug.name).fill("2");
  await expect.poll(() => amount.inputValue()).toBe((mug.total / 100).toFixed(2));
  await dialog.getByLabel(mug.name).fill("3"); // of two: nothing that can be
  await expect.poll(() => amount.inputValue()).toBe("");
  await dialog.getByLabel(mug.name).fill("1");
  await owner.expectAccessible("refund by item");
  await dialog.getByRole("button", { name: "Refund", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  const { payment } = await api.call("GET", `/admin/orders/${order.id}`);
  expect(payment.refunded).toBe(mug.unit_price);

  await page.getByRole("button", { name: "Refund…" }).click();
  await dialog.getByRole("button", { name: "All that is left" }).click();
  await expect.poll(() => amount.inputValue()).toBe(((payment.captured - payment.refunded) / 100).toFixed(2));
  await page.keyboard.press("Escape");
});

test("what was mailed is read, and sent once more", async () => {
  const { page } = owner;
  const order = await api.order([{ sku: "T-MUG", quantity: 1 }], "Lost Mail");
  await expect
    .poll(async () => (await api.call("GET", `/admin/mails?order_id=${order.id}&status=sent`)).data.length, {
      timeout: 20_000,
    })
    .toBe(1);
  await owner.go(`/orders/${order.id}`);
  const mails = page.getByRole("region", { name: "E-mails to the customer" });
  await mails.getByRole("button", { name: "Order placed" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Hello Lost Mail").waitFor();
  await owner.expectAccessible("a mail that was sent");
  const ofOrder = () => server.mails.filter(({ subject }) => subject.includes(String(order.id)));
  expect(ofOrder()).toHaveLength(1);
  await dialog.getByRole("button", { name: "Send again" }).click();
  await dialog.waitFor({ state: "detached" });
  await expect.poll(() => ofOrder().length, { timeout: 20_000 }).toBe(2);
  const [first, second] = ofOrder();
  expect(second!.text).toBe(first!.text);
});

test("the customer's links are there to be copied", async () => {
  const { page } = owner;
  const order = await api.order([{ sku: "T-MUG", quantity: 1 }], "Wants Link");
  await owner.go(`/orders/${order.id}`);
  const links = page.getByRole("region", { name: "Links for the customer" });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await links.getByRole("button", { name: "Copy link: Order page" }).click();
  await page.getByText("Copied", { exact: true }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(copied).pathname).toMatch(new RegExp(`^/o/${order.id}-`));
  expect((await fetch(copied)).status).toBe(200);
});

test("one bar saves what was changed in any part of the settings, or discards it", async () => {
  const { page } = owner;
  await owner.go("/settings");
  const bar = page.getByRole("region", { name: "Unsaved changes" });
  const shop = page.getByRole("region", { name: "The shop" });
  const held = page.getByRole("region", { name: "Unpaid orders" }).getByLabel("Stock is held for");
  expect(await page.getByRole("button", { name: "Save" }).count()).toBe(0);
  const before = await shop.getByLabel("Name", { exact: true }).inputValue();
  await shop.getByLabel("Name", { exact: true }).fill("Discarded");
  await bar.getByText("The shop").waitFor();
  await bar.getByRole("button", { name: "Discard" }).click();
  await bar.waitFor({ state: "detached" });
  expect(await shop.getByLabel("Name", { exact: true }).inputValue()).toBe(before);

  await held.fill("77");
  await shop.getByLabel("Name", { exact: true }).fill("");
  await bar.getByText("The shop, Unpaid orders").waitFor();
  await owner.expectAccessible("settings with something unsaved");
  await bar.getByRole("button", { name: "Save" }).click();
  await shop.getByText("This is needed.").waitFor();
  expect((await api.call("GET", "/admin/settings")).reservation_minutes).not.toBe(77);
  await shop.getByLabel("Name", { exact: true }).fill("One habit");
  await bar.getByRole("button", { name: "Save" }).click();
  await bar.waitFor({ state: "detached" });
  const saved = await api.call("GET", "/admin/settings");
  expect(saved.shop_name).toBe("One habit");
  expect(saved.reservation_minutes).toBe(77);
});
