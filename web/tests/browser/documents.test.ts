import { afterAll, beforeAll, expect, test } from "vitest";
import type { Api } from "./api";
import type { Visitor } from "./browser";
import { type Demo, openDemo } from "./demo";

// Invoices and credit notes, as those see them who work in the shop.

let demo: Demo;
let api: Api;
let owner: Visitor;

beforeAll(async () => {
  demo = await openDemo({ as: "owner" });
  ({ api, visitor: owner } = demo);
});
afterAll(() => demo?.close());

const month = () => new Date().toISOString().slice(0, 7);

async function unpaidOrder() {
  const { sku } = (await api.call("GET", "/products?limit=50")).data.find(
    ({ available }: { available: number }) => available > 1,
  );
  return api.order([{ sku, quantity: 1 }]);
}

test("the documents of a month are listed, and printed as one PDF", async () => {
  const { page } = owner;
  await owner.go("/documents");
  await page
    .getByRole("row", { name: /Invoice/ })
    .first()
    .waitFor();
  await owner.expectAccessible("documents");
  await page.getByLabel("Month").fill(month());
  const all = page.getByRole("button", { name: "PDF of all shown" });
  const asked = page.waitForResponse("**/admin/documents/pdf");
  await all.click();
  const pdf = await asked;
  expect(pdf.status()).toBe(200);
  expect(pdf.headers()["content-type"]).toBe("application/pdf");
  await page.setViewportSize({ width: 360, height: 740 });
  await owner.expectFits("documents");
  await page.setViewportSize({ width: 1280, height: 800 });
});

test("staff issue an unpaid order's invoice, and credit it", async () => {
  const { page } = owner;
  const order = await unpaidOrder();
  await owner.go(`/orders/${order.id}`);
  const documents = page.getByRole("region", { name: "Documents" });
  await documents.getByRole("button", { name: "Issue the invoice" }).click();
  const link = documents.getByRole("link", { name: /^Invoice \d{4}-\d{5}$/ });
  await link.waitFor();
  const pdf = await page.request.get((await link.getAttribute("href"))!);
  expect(pdf.headers()["content-type"]).toBe("application/pdf");
  await documents.getByRole("button", { name: "Credit…" }).click();
  await owner.expectAccessible("crediting");
  await page.getByLabel("Reason").fill("never picked up");
  await page.getByRole("button", { name: "Issue", exact: true }).click();
  await documents.getByRole("link", { name: /^Credit note / }).waitFor();
  await documents.getByRole("button", { name: "Issue the invoice" }).waitFor();
  await owner.expectAccessible("an order with documents");
  await page.getByText(/Credit note \d{4}-\d{5}, /).waitFor(); // its history
});

test("the settings say who sells, and refuse another format once there are documents", async () => {
  const { page } = owner;
  await owner.go("/settings?part=seller");
  const seller = page.getByRole("region", { name: "Seller" });
  await seller.getByLabel("Legal name").fill("Clay & Tide GmbH");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Settings saved").waitFor();
  expect((await api.call("GET", "/admin/settings")).seller.legal_name).toBe("Clay & Tide GmbH");
  const invoices = page.getByRole("region", { name: "Invoices" });
  await invoices.getByLabel("Numbers of invoices").fill("R-{number}");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText(/their numbers stay as they are/).waitFor();
});
