import { afterAll, beforeAll, expect, test } from "vitest";
import type { Api } from "./api";
import type { Visitor } from "./browser";
import { type Demo, openDemo } from "./demo";
import { MailServer } from "./mail-server";

// What customers are told by mail, as those see it who work in the shop.

let mailServer: MailServer;
let demo: Demo;
let api: Api;
let staff: Visitor;

beforeAll(async () => {
  mailServer = await MailServer.start();
  demo = await openDemo({ as: "staff" });
  ({ api, visitor: staff } = demo);
  await staff.go("/mails");
  await staff.page.getByText("No mail has been sent yet").waitFor();
  await mailServer.receive(api);
});
afterAll(async () => {
  await demo?.close();
  mailServer?.stop();
});

async function orderSomething(name: string) {
  const product = (await api.call("GET", "/products?limit=50")).data.find(
    ({ available }: { available: number }) => available > 1,
  );
  return api.order([{ sku: product.sku, quantity: 1 }], name);
}

test("an order's page shows what its customer was told, and the list what everyone was", async () => {
  const { page } = staff;
  const order = await orderSomething("Ida Rhodes");
  await staff.go(`/orders/${order.id}`);
  const told = page.getByRole("region", { name: "E-mails to the customer" });
  await told.getByText("Order placed").waitFor();
  await told.getByText("Sent", { exact: true }).waitFor();
  await staff.expectAccessible("an order with a mail");
  expect(mailServer.mails[0]!.envelope_to).toEqual(["ida.rhodes@example.com"]);

  await page.keyboard.press("g");
  await page.keyboard.press("e");
  await page.getByRole("heading", { name: "E-mails" }).waitFor();
  const row = page.getByRole("row", { name: new RegExp(`Order placed ${order.id}`) });
  await row.getByText("Sent", { exact: true }).waitFor();
  await row.getByRole("link", { name: String(order.id) }).click();
  await page.getByRole("heading", { name: `Order ${order.id}` }).waitFor();
});

test("a mail that was refused says why", async () => {
  const { page } = staff;
  mailServer.answer({ rcpt: "550 5.1.1 no such mailbox here" });
  const order = await orderSomething("Grete Hermann");
  await staff.go("/mails");
  const row = page.getByRole("row", { name: new RegExp(`Order placed ${order.id}`) });
  await row.getByText("Failed", { exact: true }).waitFor();
  await row.getByText(/550/).waitFor();
  await staff.expectAccessible("mails");
  // The narrowest that WCAG asks for (1.4.10, Reflow).
  await page.setViewportSize({ width: 320, height: 700 });
  await staff.expectFits("mails");
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole("navigation", { name: "Which e-mails" }).getByRole("link", { name: "Sent" }).click();
  await page.waitForURL(/status=sent/);
  await row.waitFor({ state: "detached" });
  expect(staff.complaints).toEqual([]);
});
