import { afterAll, beforeAll, expect, test } from "vitest";
import { Api } from "./api";
import type { Visitor } from "./browser";
import { type Demo, openDemo } from "./demo";

// Taxes and discounts: the usual rates are confirmed, a code is made and used, a VAT ID is verified.

let demo: Demo;
let api: Api;
let owner: Visitor;

beforeAll(async () => {
  demo = await openDemo();
  ({ api, visitor: owner } = demo);
});
afterAll(() => demo?.close());

const settings = async () => (await api.call("GET", "/admin/settings")).tax;
const setTax = (tax: object) =>
  api.call("PUT", "/admin/settings", { tax: { prices_include_tax: true, shipping_taxed: true, ...tax } });
const german = { country: "DE", tax_class: "standard", rate_ppm: 190_000 };

/** A guest orders from another country. */
const orderTo = (country: string, items: object[], more: object = {}) =>
  new Api(demo.orderd.url).call("POST", "/orders", {
    customer: {
      name: "Eva Novák",
      email: "eva@example.com",
      shipping_address: { line1: "Gartengasse 15", city: "Ort", postal_code: "1050", country },
    },
    items,
    ...more,
  });

/** How a screen looks on a phone. */
async function onPhone(where: string, look: () => Promise<void> = async () => {}) {
  await owner.page.setViewportSize({ width: 360, height: 740 });
  await look();
  await owner.expectFits(`${where}, at 360 px`);
  await owner.expectAccessible(`${where}, at 360 px`);
  await owner.page.setViewportSize({ width: 1280, height: 900 });
}

test("the usual rates are added beside a shop's own, and Today counts them until an owner confirmed each", async () => {
  const { page } = owner;
  await setTax({ rates: [{ ...german, rate_ppm: 160_000 }] });
  await owner.go("/settings?part=taxes");
  const taxes = page.getByRole("region", { name: "Taxes" });
  await taxes.getByRole("button", { name: "Add the usual rates…" }).click();
  const dialog = page.getByRole("dialog", { name: "Add the usual rates" });
  // Of Germany, only what it has none of.
  await dialog.getByLabel(/^Germany\s*Reduced 7%$/).check();
  await dialog.getByLabel(/^Austria/).check();
  await owner.expectAccessible("the usual rates");
  await onPhone("the usual rates");
  await dialog.getByRole("button", { name: "Add 4 rates" }).click();
  await taxes.getByText("4 rates are defaults that no owner has confirmed.").waitFor();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Settings saved").waitFor();
  const saved = (await settings()).rates;
  expect(saved).toHaveLength(5);
  expect(saved[0]).toMatchObject({ country: "DE", tax_class: "standard", rate_ppm: 160_000, confirmed: true });
  expect(saved.slice(1).every(({ confirmed }: { confirmed: boolean }) => !confirmed)).toBe(true);

  await owner.go("/");
  const list = page.getByRole("region", { name: "Before you sell" });
  await list.getByText("4 rates are defaults that no owner has confirmed.").waitFor();
  await list.getByRole("link", { name: "Taxes: set up" }).click();
  await taxes.getByText("Germany", { exact: true }).click();
  const reduced = taxes.getByRole("group", { name: "Reduced 7%" });
  await reduced.getByText(/European Commission, VAT rates/).waitFor();
  await owner.expectAccessible("a country's rates");
  await onPhone("a country's rates");
  await reduced.getByRole("button", { name: "Confirm this rate" }).click();
  await taxes.getByText("3 rates are defaults that no owner has confirmed.").waitFor();
  await taxes.getByRole("button", { name: "Confirm all" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect
    .poll(async () => (await settings()).rates.map(({ confirmed }: { confirmed: boolean }) => confirmed))
    .toEqual([true, true, true, true, true]);
  expect((await api.call("GET", "/admin/checklist")).unconfirmed_rates).toBe(0);
});

test("a fault of a rate is told in its row, and nothing is saved", async () => {
  const { page } = owner;
  await owner.go("/settings");
  const taxes = page.getByRole("region", { name: "Taxes" });
  await taxes.getByText("Germany", { exact: true }).click();
  await taxes.getByRole("button", { name: "Add a rate for Germany" }).click();
  const added = taxes.getByRole("group", { name: "Rate 6" });
  await added.getByLabel("Class").selectOption("reduced");
  await added.getByLabel("Percent").fill("5");
  await taxes.getByText("Germany", { exact: true }).click(); // folded: it opens for its fault
  await page.getByRole("button", { name: "Save" }).click();
  await added.getByText(/^This rate is for DE, as rate \d is/).waitFor();
  await owner.expectAccessible("a rate with a fault");
  await added.getByLabel("Percent").fill("five");
  await page.getByRole("button", { name: "Save" }).click();
  await added.getByText(/Enter a number/).waitFor();
  expect((await settings()).rates).toHaveLength(5);
  // The same class from a later day is another rate.
  await added.getByLabel("Percent").fill("5");
  await added.getByLabel("Since").fill("2030-01-01");
  await taxes.getByLabel("Delivery is taxed").selectOption("reduced");
  await taxes.getByLabel("Where no tax is due").selectOption("same");
  await taxes.getByLabel("The shop is exempt from tax as a small business").check();
  await page.getByRole("button", { name: "Save" }).click();
  await taxes.getByText("This is needed.").waitFor();
  await taxes.getByLabel("The sentence that says so").fill("Kein Ausweis nach § 19 UStG.");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Settings saved").waitFor();
  const saved = await settings();
  expect(saved).toMatchObject({
    shipping_class: "reduced",
    untaxed_prices: "same",
    small_business: "Kein Ausweis nach § 19 UStG.",
  });
  expect(saved.rates.at(-1)).toMatchObject({
    country: "DE",
    tax_class: "reduced",
    from: "2030-01-01",
    rate_ppm: 50_000,
  });
  await setTax({ rates: [german, { ...german, tax_class: "reduced", rate_ppm: 70_000 }] });
});

test("a discount code is made for a product, is used, and shows on the order, line by line", async () => {
  const { page } = owner;
  await owner.go("/discount-codes");
  await page.getByRole("button", { name: "Add a code" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Code", { exact: true }).fill("teatime");
  await dialog.getByLabel("Percent").fill("10");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await dialog.getByText(/is another discount code/).waitFor();
  await dialog.getByLabel("Code", { exact: true }).fill("ASSAM");
  await dialog.getByLabel("Uses in all").fill("2");
  await dialog.getByLabel("Last day").fill("2035-12-31");
  await dialog.getByLabel("Add a product").fill("TEA-ASSAM");
  await dialog.getByRole("button", { name: "Assam, 100 g (TEA-ASSAM-100)" }).click();
  await dialog.getByText("It is for these alone:").waitFor();
  await owner.expectAccessible("a new discount code");
  await onPhone("a new discount code");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("heading", { name: "ASSAM" }).waitFor();
  await page.getByRole("link", { name: "Assam, 100 g" }).waitFor();
  await owner.expectAccessible("a discount code");
  await onPhone("a discount code");

  // Two teas at 9.80, 10 % off them: 1.96. With filters at 5.90 and delivery at 4.90 they are 28.44.
  const order = await orderTo(
    "DE",
    [
      { sku: "TEA-ASSAM-100", quantity: 2 },
      { sku: "FILTER-02-100", quantity: 1 },
    ],
    { discount_code: "assam" },
  );
  expect(order).toMatchObject({ subtotal: 2550, discount: 196, shipping: 490, total: 2844 });
  await page.getByText("1 of 2").waitFor(); // the page is live
  await owner.go(`/orders/${order.id}`);
  const items = page.getByRole("region", { name: "Items" });
  await items.getByText("Discount (ASSAM)").waitFor();
  await items.getByRole("row", { name: /Assam/ }).getByText(/1\.96/).waitFor();
  await items.getByText("TEA-ASSAM-100 · 7% tax").waitFor();
  expect(await items.getByText(/of which tax, (19|7)% on/).count()).toBe(2);
  await owner.expectAccessible("an order with a discount");
  await onPhone("an order with a discount");

  await owner.go("/discount-codes?q=as");
  const row = page.getByRole("row", { name: /ASSAM/ });
  await row.getByText("1 of 2").waitFor();
  await row.getByRole("button", { name: "Copy ASSAM" }).waitFor();
  expect(await page.getByText("TEATIME").count()).toBe(0);
});

test("staff take something off an order and its lines, and take it back", async () => {
  const { page } = owner;
  const order = await orderTo("DE", [
    { sku: "TEA-ASSAM-100", quantity: 2 },
    { sku: "FILTER-02-100", quantity: 1 },
  ]);
  await owner.go(`/orders/${order.id}`);
  await page.getByRole("button", { name: "Give a discount" }).click();
  const dialog = page.getByRole("dialog", { name: "Give a discount" });
  await dialog.getByLabel("Why").fill("The box is scratched");
  await dialog.getByRole("button", { name: "Give it" }).click();
  await dialog.getByText("Say how much: 10 %, or an amount.").waitFor();
  await dialog.getByLabel("Off the whole order").fill("10 %");
  await dialog.getByRole("textbox", { name: /Paper filters/ }).fill("100");
  await owner.expectAccessible("a discount of staff");
  await onPhone("a discount of staff");
  await dialog.getByRole("button", { name: "Give it" }).click();
  await dialog.getByText("At most €5.90, which it costs.").waitFor();
  await dialog.getByRole("textbox", { name: /Paper filters/ }).fill("1");
  await dialog.getByRole("button", { name: "Give it" }).click();
  await dialog.waitFor({ state: "detached" });
  // 1.00 off the filters, and 10 % of the 24.50 that are left. Delivery stays at 4.90.
  await page.getByText(/The total is .*26\.95 now/).waitFor();
  const items = page.getByRole("region", { name: "Items" });
  await items.getByText("Discount (The box is scratched)").waitFor();
  expect(await api.call("GET", `/admin/orders/${order.id}`)).toMatchObject({
    discount: 345,
    shipping: 490,
    total: 2695,
  });
  await items.getByRole("button", { name: "Take discount back" }).click();
  await page.getByRole("button", { name: "Take it back" }).click();
  await page.getByText("The discount is taken back").waitFor();
  expect(await api.call("GET", `/admin/orders/${order.id}`)).toMatchObject({ discount: 0, total: 3040 });
});

test("two people change one discount code: the second sees what changed, and chooses", async () => {
  const { page } = owner;
  const code = (await api.call("GET", "/admin/discount-codes?q=assam")).data[0];
  await owner.go(`/discount-codes/${code.id}`);
  await page.getByRole("button", { name: "Edit…" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit ASSAM" });
  await dialog.getByLabel("Percent").fill("20");
  const { id, uses, created_at, updated_at, version, ...rules } = code;
  await api.call("PUT", `/admin/discount-codes/${id}`, { ...rules, rate_ppm: 150_000, most_uses: 7 });
  await dialog.getByRole("button", { name: "Save" }).click();
  const choice = page.getByRole("dialog", { name: "Someone saved before you" });
  await choice.getByText("15%", { exact: true }).waitFor();
  await choice.getByText("Uses in all: 2 →").waitFor();
  await owner.expectAccessible("a conflict of a discount code");
  await choice.getByRole("radio", { name: "Yours" }).check();
  await choice.getByRole("button", { name: "Save like this" }).click();
  await choice.waitFor({ state: "detached" });
  await page.getByText("ASSAM saved").waitFor();
  expect(await api.call("GET", `/admin/discount-codes/${id}`)).toMatchObject({
    rate_ppm: 200_000,
    most_uses: 7,
    uses,
    products: code.products,
  });
  await page.getByRole("button", { name: "Turn off" }).click();
  await page.getByText("ASSAM is off").waitFor();
  expect((await api.call("GET", `/admin/discount-codes/${id}`)).active).toBe(false);
});

test("taxes that are added stand above the total, each rate with what it is on", async () => {
  const { page } = owner;
  await setTax({ prices_include_tax: false, rates: [german] });
  // 5.90 and 4.90 for delivery, and 19 % of 10.80: 2.052.
  const order = await orderTo("DE", [{ sku: "FILTER-02-100", quantity: 1 }]);
  expect(order).toMatchObject({ tax: 205, total: 1285 });
  await owner.go(`/orders/${order.id}`);
  const sums = page.getByRole("region", { name: "Items" }).locator("dl");
  expect((await sums.innerText()).replaceAll(/\s+/g, " ")).toContain(
    "Shipping €4.90 Tax, 19% on €10.80 €2.05 Total €12.85",
  );
});

test("a business is billed without tax once its VAT ID is verified; a paid sum changes only if that is wanted", async () => {
  const { page } = owner;
  await setTax({ rates: [german, { ...german, country: "AT", rate_ppm: 200_000 }] });
  const billing = { company: "Kaffeehaus Novák GmbH", vat_id: "atu12345678" };
  const bought = [{ sku: "FILTER-02-100", quantity: 1 }];
  const order = await orderTo("AT", bought, { billing });
  // 5.90 and 12.90 are 18.80; without the German 19 % in each, 4.96 and 10.84.
  expect(order.total).toBe(1880);
  await owner.go(`/orders/${order.id}`);
  const billed = page.getByRole("region", { name: "Billed to" });
  await billed.getByText("ATU12345678").waitFor();
  await billed.getByText("Not verified", { exact: true }).waitFor();
  await owner.expectAccessible("an order of a business");
  await onPhone("an order of a business");
  await billed.getByRole("button", { name: "Verify VAT ID" }).click();
  await page.getByText(/The VAT ID is verified; the total is €15\.80 now/).waitFor();
  await billed.getByText("Verified", { exact: true }).waitFor();
  await page.getByText(/^Reverse charge: no tax is charged/).waitFor();
  await page.getByText("Who is billed was changed: the VAT ID is verified").waitFor();

  // Another VAT ID is not verified, and is taxed again.
  await billed.getByRole("button", { name: "Change" }).click();
  const dialog = page.getByRole("dialog", { name: "Who is billed" });
  await dialog.getByLabel("VAT ID").fill("AT1");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText(/does not have the form/i).waitFor();
  await owner.expectAccessible("who is billed");
  await onPhone("who is billed");
  await dialog.getByLabel("VAT ID").fill("ATU87654321");
  await dialog.getByRole("button", { name: "Save" }).click();
  await billed.getByText("Not verified", { exact: true }).waitFor();
  expect((await api.call("GET", `/admin/orders/${order.id}`)).total).toBe(1880);

  const paid = await orderTo("AT", bought, { billing });
  await api.call("POST", "/payments", {
    order_id: paid.id,
    method: { type: "card", number: "4242424242424242", exp_month: 12, exp_year: 2035, cvc: "123" },
  });
  await owner.go(`/orders/${paid.id}`);
  await billed.getByRole("button", { name: "Verify VAT ID" }).click();
  const question = page.getByRole("dialog", { name: "Keep the order's sum?" });
  await question.getByText("Total: €18.80 → €15.80").waitFor();
  await question.getByRole("button", { name: "Save, and keep the sum" }).click();
  await billed.getByText("Verified", { exact: true }).waitFor();
  const kept = await api.call("GET", `/admin/orders/${paid.id}`);
  expect(kept).toMatchObject({ total: 1880, tax_treatment: "taxed", billing: { vat_id_verified: true } });
});

test("a product that is not taxed at the standard rate says so", async () => {
  const { page } = owner;
  await owner.go("/inventory?q=TEA-SENCHA");
  await page.getByText("Tax: reduced").waitFor();
  await page.getByRole("link", { name: /Sencha/ }).click();
  await page.getByRole("button", { name: "Edit…" }).click();
  await page.getByLabel("Tax class").selectOption("zero");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText(/Sencha.* saved/).waitFor();
  expect((await api.call("GET", "/admin/inventory?q=TEA-SENCHA")).data[0].tax_class).toBe("zero");
});

test("through all of it, the console was silent", () => {
  expect(owner.complaints).toEqual([]);
});
