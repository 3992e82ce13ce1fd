import { afterAll, beforeAll, expect, test } from "vitest";
import type { Api } from "./api";
import type { Visitor } from "./browser";
import { type Demo, openDemo } from "./demo";

// The owner writes what customers read: the words of mails and pages, and the legal texts.

let demo: Demo;
let api: Api;
let owner: Visitor;

beforeAll(async () => {
  demo = await openDemo();
  ({ api, visitor: owner } = demo);
});
afterAll(() => demo?.close());

test("a text of a mail is changed, tried on a real order, and is the original again", async () => {
  const { page } = owner;
  await owner.go("/texts?language=en");
  await page.getByRole("searchbox").fill("order_placed.subject");
  await page.waitForURL(/q=order_placed/);
  await page.getByRole("button", { name: "order_placed.subject" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Show the mail").waitFor();
  await dialog.getByLabel("Text", { exact: true }).fill("Thank you");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText(/has lost .*\{order_number\}/).waitFor();
  await owner.expectAccessible("a text that lost a placeholder");
  await dialog.getByLabel("Text", { exact: true }).fill("Thank you for {order_number}, says {shop_name} <b>");
  await dialog.getByRole("button", { name: "Show the mail" }).click();
  await dialog
    .getByRole("region", { name: "The mail" })
    .getByRole("heading", { name: /^Thank you for \d+, says .* <b>$/ })
    .waitFor();
  await owner.expectAccessible("a text, and the mail with it");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("navigation", { name: "Which texts" }).getByRole("link", { name: "Changed" }).click();
  await page.getByRole("row", { name: /^order_placed\.subject .*Changed/ }).waitFor();

  await page.getByRole("button", { name: "order_placed.subject" }).click();
  await dialog.getByRole("button", { name: "Back to the original" }).click();
  await dialog.waitFor({ state: "detached" });
  expect((await api.call("GET", "/admin/words/en/order_placed.subject")).text).toBeNull();
});

test("a legal text is written, customers accept it, and their order names its version", async () => {
  const { page } = owner;
  await owner.go("/texts/legal");
  await owner.expectAccessible("the legal texts");
  await page.getByRole("link", { name: "Terms and conditions, English" }).click();
  await page.getByRole("textbox", { name: "Text" }).fill("# Our terms\n\nWe sell mugs.");
  await page.getByRole("button", { name: "Save as a new version" }).click();
  await page.getByText("Version 1 holds now").waitFor();
  await page.getByRole("link", { name: "Version 1" }).waitFor();
  await owner.expectAccessible("a legal text");

  const { sku } = (await api.call("GET", "/products?limit=50")).data.find(
    ({ available }: { available: number }) => available > 3,
  );
  const customer = await owner.context.newPage();
  await customer.goto(`${demo.orderd.url}/checkout?items=${sku}:1&lang=en`);
  await customer.goto(`${demo.orderd.url}/checkout?lang=en`);
  const [terms] = await Promise.all([
    owner.context.waitForEvent("page"),
    customer.locator(".accepts").getByRole("link", { name: "Terms and conditions" }).click(),
  ]);
  await terms.getByRole("heading", { name: "Our terms" }).waitFor();
  await terms.close();
  await customer.close();

  const accepted_terms = (await api.call("GET", "/legal-texts?language=en")).data;
  const order = await api.call("POST", "/orders", {
    customer: {
      name: "Ada Lovelace",
      email: "ada@example.com",
      shipping_address: { line1: "Allee 12", city: "Berlin", postal_code: "10115", country: "DE" },
    },
    items: [{ sku, quantity: 1 }],
    accepted_terms,
  });
  await owner.go(`/orders/${order.id}`);
  const section = page.getByRole("region", { name: "Accepted texts" });
  await section.getByRole("link", { name: "Terms and conditions" }).waitFor();
  await section.getByText("version 1, English").waitFor();
  await owner.expectAccessible("an order with accepted texts");
  expect(owner.complaints).toEqual([]);
});

test("the shop's look is shown in a new tab before it is saved, and a logo stands at the head of its pages", async () => {
  const { page } = owner;
  await owner.go("/settings?part=storefront");
  const part = page.getByRole("region", { name: "Shop pages" });
  const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
  await part
    .getByLabel("A picture for the logo")
    .setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: Buffer.from(png, "base64") });
  await part.getByRole("button", { name: "Use this picture" }).click();
  await part.getByRole("img").waitFor();
  await part.getByLabel("Colour of buttons and links").fill("#aa3300");
  await owner.expectAccessible("the settings with a logo");
  const [tab] = await Promise.all([
    owner.context.waitForEvent("page"),
    part.getByRole("button", { name: "Preview in a new tab" }).click(),
  ]);
  await tab.waitForLoadState();
  const look = (of: typeof tab) =>
    of.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--accent"));
  expect(await look(tab)).toBe("#aa3300");
  expect(await tab.locator("header .name img").count()).toBe(1);
  await tab.goto(`${demo.orderd.url}/`);
  expect(await look(tab)).not.toBe("#aa3300");
  expect(await tab.locator("header .name img").count()).toBe(0);

  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Settings saved").waitFor();
  await tab.reload();
  expect(await look(tab)).toBe("#aa3300");
  expect(await tab.locator("header .name img").getAttribute("alt")).toBeTruthy();
  await tab.close();
  await part.getByRole("button", { name: "Remove the logo" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Settings saved").last().waitFor();
  await expect.poll(async () => (await api.call("GET", "/admin/settings")).logo).toBeNull();
});
