import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Orderd, startOrderd } from "../support/orderd.mjs";
import { Api } from "./api";
import { Visitors } from "./browser";
import { password } from "./demo";
import { MailServer } from "./mail-server";
import { Stripe } from "./stripe";

// An order is paid on its page by Stripe's Payment Element. Stripe.js is a stand-in here, typed by Stripe's package.

let stripe: Stripe;
let mailServer: MailServer;
let orderd: Orderd;
let api: Api;
const visitors = new Visitors();
const visit = (options: Parameters<Visitors["open"]>[1] = {}) => visitors.open(orderd.url, options);

beforeAll(async () => {
  stripe = await Stripe.start();
  mailServer = await MailServer.start();
  orderd = await startOrderd("demo", [
    "--password",
    password,
    "--stripe-url",
    stripe.url,
    "--stripe-js-url",
    `${stripe.url}/stripe.js`,
  ]);
  api = await new Api(orderd.url).signIn("owner", password);
  await api.call("POST", "/products", { sku: "TEST-CUP", name: "Cup", price: 1990, quantity: 500, weight_g: 300 });
  await api.call("PUT", "/admin/settings", {
    stripe_secret_key: Stripe.key,
    stripe_publishable_key: Stripe.publishableKey,
    card_gateway: "stripe",
  });
  await mailServer.receive(api, { alerts_to: "boss@example.com" });
});
afterAll(async () => {
  await visitors.close();
  await orderd?.stop();
  mailServer?.stop();
  stripe?.stop();
});

const stateOf = (id: number) => api.call("GET", `/admin/orders/${id}`);

/** A guest's order, and the link to where it is paid. */
async function order(name: string): Promise<{ id: number; link: string }> {
  const { id } = await api.order([{ sku: "TEST-CUP", quantity: 1 }], name);
  const { payment_url } = await stateOf(id);
  return { id, link: payment_url };
}

const fieldsOf = (page: Page) => page.frameLocator("iframe[title='Secure payment input frame']").getByLabel("Pay with");

/** Fills in the fields in their frame, and waits until the page around it was told. */
async function fillIn(page: Page, way: string): Promise<void> {
  await fieldsOf(page).selectOption(way);
  await page.locator(`html[data-way="${way}"]`).waitFor();
}

async function payWith(page: Page, way: string): Promise<void> {
  await fillIn(page, way);
  await page.getByRole("button", { name: /^Pay €/ }).click();
}

test("a card: the browser makes the token, the server charges what the order says", async () => {
  const ada = await visit();
  const { page } = ada;
  const { id, link } = await order("Ada");
  await page.goto(link);
  await page.getByRole("button", { name: /^Pay €/ }).click();
  await page.getByText("Your card number is incomplete.").waitFor();
  await ada.expectAccessible("the payment with Stripe");
  await ada.expectFits("the payment with Stripe");
  await fillIn(page, "card");
  await page.getByRole("button", { name: /^Pay €/ }).dblclick();
  await page.getByRole("heading", { name: /is paid/ }).waitFor();
  const paid = await stateOf(id);
  expect(paid.status).toBe("paid");
  expect(stripe.intents.filter(({ metadata }) => metadata.order_id === String(id))).toMatchObject([
    { amount: paid.total, currency: "eur", status: "succeeded" },
  ]);
  expect(await page.locator("iframe").count()).toBe(0);
  expect(ada.complaints).toEqual([]);
});

test("3-D Secure in the page: Stripe's script asks, and the server looks at what became of it", async () => {
  const { page, complaints } = await visit();
  const { id, link } = await order("Grace");
  await page.goto(link);
  await payWith(page, "3ds");
  const bank = page.frameLocator("iframe[title='3D Secure']");
  await bank.getByRole("button", { name: "Fail" }).click();
  await page.getByText("The payment was not confirmed.").waitFor();
  expect((await stateOf(id)).status).toBe("pending");

  await payWith(page, "3ds");
  await bank.getByRole("button", { name: "Complete" }).waitFor();
  await page.goto(link); // Opened again, the page waits for its button.
  await page.getByRole("button", { name: "Confirm with your bank" }).click();
  await bank.getByRole("button", { name: "Complete" }).click();
  await page.getByRole("heading", { name: /is paid/ }).waitFor();
  expect((await stateOf(id)).status).toBe("paid");
  expect(complaints).toEqual([]);
});

test("a bank's page in a tab that is closed: the link says that it is paid", async () => {
  const { page, complaints } = await visit();
  const { id, link } = await order("Mary");
  await page.goto(link);
  await payWith(page, "bank");
  await page.getByRole("heading", { name: "A bank" }).waitFor();
  stripe.decide(stripe.intents.find(({ metadata }) => metadata.order_id === String(id))!, true);
  await page.goto("about:blank");
  await page.goto(link);
  expect(page.url()).toBe(link); // nobody is led away again
  await page.getByRole("link", { name: "Look again" }).click();
  await page.getByRole("heading", { name: /is paid/ }).waitFor();
  expect((await stateOf(id)).status).toBe("paid");
  expect(complaints).toEqual([]);
});

test("a bank's page leads back, and its word alone counts for nothing", async () => {
  const { page } = await visit();
  const { id, link } = await order("Joan");
  await page.goto(`${link}?back=true&redirect_status=succeeded&payment_intent=pi_other`);
  await payWith(page, "bank");
  await page.getByRole("button", { name: "Fail" }).click(); // it says `redirect_status=succeeded` all the same
  await page.getByText("The payment was not confirmed.").waitFor();
  expect((await stateOf(id)).status).toBe("pending");
});

test("a debit takes days, and the page says so", async () => {
  const { page } = await visit();
  const { id, link } = await order("Hedy");
  await page.goto(link);
  await payWith(page, "debit");
  await page.getByText("Your bank is still working on your payment.").waitFor();
  const { expires_at } = await stateOf(id);
  expect(Date.parse(expires_at) - Date.now()).toBeGreaterThan(13 * 86_400_000);
});

test("without JavaScript the page says what it needs, and offers the other ways", async () => {
  const { page } = await visit({ javaScript: false });
  const { id, link } = await order("Edith");
  await page.goto(link);
  await page.getByText("Cards and other online payments need JavaScript.").waitFor();
  await page.getByRole("button", { name: "Pay by bank transfer" }).click();
  const code = page.getByAltText(/^Code for banking apps: €/);
  await code.waitFor();
  await expect
    .poll(() => code.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0))
    .toBe(true);
  expect((await stateOf(id)).payment.method).toBe("bank_transfer");
});

test("a failed card is paid later: staff send the link, and the customer pays from the mail", async () => {
  const { page } = await visit();
  const { id, link } = await order("Emmy");
  await page.goto(link);
  await payWith(page, "declined");
  await page.getByText("The card was declined.").waitFor();

  const staff = await visit();
  await staff.signIn("owner", password);
  await staff.go(`/orders/${id}`);
  await staff.page.getByRole("button", { name: "Replace payment link" }).click();
  await staff.page.getByText("There is a new payment link").waitFor();
  await staff.page.getByRole("button", { name: "Send payment link" }).click();
  await staff.page.getByText("The payment link goes to emmy@example.com").waitFor();
  await staff.expectAccessible("an order with its payment link");
  expect((await page.goto(link))?.status()).toBe(404);

  const { payment_url } = await stateOf(id);
  expect(payment_url).not.toBe(link);
  const like = new RegExp(`http\\S+/pay/${id}-${payment_url.split(`/${id}-`)[1]}`);
  const mailed = await mailServer.found(({ text }) => like.exec(text)?.[0]);
  const later = await visit();
  await later.page.goto(mailed);
  await payWith(later.page, "card");
  await later.page.getByRole("heading", { name: /is paid/ }).waitFor();
  expect((await stateOf(id)).status).toBe("paid");
  expect(staff.complaints).toEqual([]);
});

test("where Stripe.js cannot be loaded, the page says so and the other ways stay", async () => {
  const ada = await visit();
  const { link } = await order("Rosalind");
  await ada.page.route(`${stripe.url}/stripe.js`, (route) => route.abort());
  await ada.page.goto(link);
  await ada.page.getByText("The payment form could not be loaded.").waitFor();
  await ada.page.getByRole("button", { name: "Pay by bank transfer" }).waitFor();
});
