import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Orderd, startOrderd } from "../support/orderd.mjs";
import { Api } from "./api";
import { Visitors } from "./browser";
import { password } from "./demo";

// A guest buys in a browser: basket, checkout, payment, order.

const succeeds = "4242 4242 4242 4242";
const declined = "4000 0000 0000 0002";
const asksForConfirmation = "4000 0025 0000 3155";

let orderd: Orderd;
let api: Api;
let sku: string;
const visitors = new Visitors();
const visit = (options: Parameters<Visitors["open"]>[1] = {}) => visitors.open(orderd.url, options);

beforeAll(async () => {
  orderd = await startOrderd("demo", ["--password", password]);
  api = await new Api(orderd.url).signIn("owner", password);
  const product = { sku: "TEST-CUP", name: "Cup", price: 1990, quantity: 500, weight_g: 300 };
  sku = (await api.call("POST", "/products", product)).sku;
});
afterAll(async () => {
  await visitors.close();
  await orderd?.stop();
});

const words = {
  en: {
    email: "E-mail",
    name: "Name",
    street: "Street and number",
    postcode: "Postcode",
    town: "Town",
    order: /^Order and pay/,
    number: "Card number",
    expires: "Expires (month/year)",
    code: "Security code",
    pay: /^Pay €/,
  },
  de: {
    email: "E-Mail",
    name: "Name",
    street: "Straße und Hausnummer",
    postcode: "Postleitzahl",
    town: "Ort",
    order: /^Zahlungspflichtig bestellen/,
    number: "Kartennummer",
    expires: "Gültig bis (Monat/Jahr)",
    code: "Prüfnummer",
    pay: /bezahlen$/,
  },
};

/** Fills the checkout in with a guest's address. */
async function fillIn(page: Page, items: string, email: string, said = words.en): Promise<void> {
  await page.goto(`/checkout?items=${items}`);
  await page.getByLabel(said.email, { exact: true }).fill(email);
  await page.getByLabel(said.name, { exact: true }).fill("Ada Lovelace");
  await page.getByLabel(said.street).fill("Analytische Allee 12");
  await page.getByLabel(said.postcode).fill("10115");
  await page.getByLabel(said.town).fill("Berlin");
}

/** Places an order. @returns the address of its payment's page */
async function order(page: Page, email: string, said = words.en): Promise<string> {
  await fillIn(page, `${sku}:1`, email, said);
  await page.getByRole("button", { name: said.order }).click();
  await page.waitForURL(/\/pay\//);
  return page.url();
}

async function payByCard(page: Page, number: string, said = words.en): Promise<void> {
  await page.getByLabel(said.number).fill(number);
  await page.getByLabel(said.expires).fill("12/34");
  await page.getByLabel(said.code).fill("123");
  await page.getByRole("button", { name: said.pay }).click();
}

const numberOf = (link: string) => Number(/\/pay\/(\d+)-/.exec(link)?.[1]);
const orderOf = (link: string) => api.call("GET", `/admin/orders/${numberOf(link)}`);

test("a guest buys with a card, and a double click places one order", async () => {
  const ada = await visit();
  const { page } = ada;
  await page.goto(`/checkout?items=${sku}:2`);
  await page.goto("/basket");
  await page.getByText("€39.80").first().waitFor();
  await ada.expectAccessible("the basket");
  await page.getByLabel("Quantity of Cup").fill("3");
  await page.getByRole("button", { name: "Update" }).last().click();
  await page.getByText("€59.70").first().waitFor();
  await page.getByRole("link", { name: "To the checkout" }).click();

  await page.getByRole("button", { name: words.en.order }).click();
  await page.getByRole("alert").getByText("Something is missing.").waitFor();
  await page.getByText("Please give your name.").waitFor();
  await ada.expectAccessible("the checkout with faults");

  await page.getByLabel("E-mail", { exact: true }).fill("ada@example.com");
  await page.getByLabel("Name", { exact: true }).fill("Ada Lovelace");
  await page.getByLabel("Street and number").fill("Analytische Allee 12");
  await page.getByLabel("Postcode").fill("10115");
  await page.getByLabel("Town").fill("Berlin");
  await page.getByRole("button", { name: "Update prices" }).last().click();
  expect(await page.getByLabel("Town").inputValue()).toBe("Berlin");
  await ada.expectAccessible("the checkout");
  const before = (await api.call("GET", "/admin/orders?limit=200")).data.length;
  await page.getByRole("button", { name: words.en.order }).dblclick();
  await page.waitForURL(/\/pay\//);
  expect((await api.call("GET", "/admin/orders?limit=200")).data.length).toBe(Math.min(200, before + 1));
  await ada.expectAccessible("the payment");
  const link = page.url();
  expect((await orderOf(link)).items).toMatchObject([{ sku, quantity: 3 }]);

  await payByCard(page, succeeds);
  await page.getByRole("heading", { name: /is paid/ }).waitFor();
  expect((await orderOf(link)).status).toBe("paid");
  await page.getByRole("link", { name: "See your order" }).click();
  await page.getByText("Analytische Allee 12").waitFor();
  await ada.expectAccessible("the order");
  await page.goto("/basket");
  await page.getByText("Your basket is empty.").waitFor();
  expect(ada.complaints).toEqual([]);
});

test("3-D Secure leads to the bank, and back", async () => {
  const { page, complaints } = await visit();
  const link = await order(page, "grace@example.com");
  await payByCard(page, asksForConfirmation);
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("heading", { name: /is paid/ }).waitFor();
  expect((await orderOf(link)).status).toBe("paid");
  expect(complaints).toEqual([]);
});

test("a redirect tab that is closed: the link shows how to go on", async () => {
  const { page } = await visit();
  const link = await order(page, "mary@example.com");
  await payByCard(page, asksForConfirmation);
  await page.getByRole("button", { name: "Approve" }).waitFor();
  await page.goto(link);
  await page.getByRole("link", { name: "Confirm with your bank" }).click();
  await page.getByRole("button", { name: "Refuse" }).click();
  await page.getByText("The payment was not confirmed.").waitFor();
  expect((await orderOf(link)).status).toBe("pending");
});

test("a declined card is said in place, and the order is paid later from its link", async () => {
  const { page } = await visit();
  const link = await order(page, "joan@example.com");
  await payByCard(page, declined);
  await page.getByText("The card was declined.").waitFor();
  const later = await visit();
  await later.page.goto(link);
  await payByCard(later.page, succeeds);
  await later.page.getByRole("heading", { name: /is paid/ }).waitFor();
  expect((await orderOf(link)).status).toBe("paid");
});

test("a guest pays by transfer, and cancels on the order's page", async () => {
  const { page } = await visit();
  const link = await order(page, "edith@example.com");
  await page.getByRole("button", { name: "Pay by bank transfer" }).click();
  await page.getByText("DE02 1203 0000 0000 2020 51").waitFor();
  expect((await orderOf(link)).payment.method).toBe("bank_transfer");
  await page.getByRole("link", { name: "See your order" }).click();
  await page.getByText("Cancel the order").click();
  await page.getByRole("button", { name: "Cancel it now" }).click();
  await page.getByText("The order was cancelled.").waitFor();
  expect((await orderOf(link)).status).toBe("cancelled");
});

test("without JavaScript, a guest buys all the same", async () => {
  const { page } = await visit({ javaScript: false });
  const link = await order(page, "hedy@example.com");
  await payByCard(page, succeeds);
  await page.getByRole("heading", { name: /is paid/ }).waitFor();
  expect((await orderOf(link)).status).toBe("paid");
});

test("in German, at 360 px", async () => {
  const emmy = await visit({ width: 360, height: 740, locale: "de-DE" });
  const { page } = emmy;
  await page.goto(`/checkout?items=${sku}:1`);
  await page.goto("/basket");
  await page.getByRole("heading", { name: "Warenkorb" }).waitFor();
  await emmy.expectFits("the basket");
  await fillIn(page, `${sku}:1`, "emmy@example.com", words.de);
  await emmy.expectFits("the checkout");
  await emmy.expectAccessible("the checkout at 360 px");
  const link = await order(page, "emmy@example.com", words.de);
  await emmy.expectFits("the payment");
  await payByCard(page, succeeds, words.de);
  await page.getByRole("heading", { name: /ist bezahlt/ }).waitFor();
  await page.getByRole("link", { name: "Zu Ihrer Bestellung" }).click();
  await emmy.expectFits("the order");
  expect((await orderOf(link)).locale).toBe("de");
  expect(emmy.complaints).toEqual([]);
});

test("two want the last unit, and one is told kindly before paying", async () => {
  await api.call("POST", "/products", { sku: "LAST", name: "Last cup", price: 990, quantity: 1, weight_g: 300 });
  const [one, other] = [await visit(), await visit()];
  await fillIn(one.page, "LAST:1", "one@example.com");
  await fillIn(other.page, "LAST:1", "other@example.com");
  await one.page.getByRole("button", { name: words.en.order }).click();
  await one.page.waitForURL(/\/pay\//);
  await other.page.getByRole("button", { name: words.en.order }).click();
  await other.page.getByText("Somebody was faster").waitFor();
  expect(await other.page.getByLabel("Town").inputValue()).toBe("Berlin");
});
