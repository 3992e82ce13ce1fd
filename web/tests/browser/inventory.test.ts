import { afterAll, beforeAll, expect, test } from "vitest";
import type { Api } from "./api";
import type { Visitor } from "./browser";
import { type Demo, openDemo } from "./demo";

// Many products are changed at once and put back, a product is described with all its fields, collections are arranged,
// and a file of SKUs and quantities sets stock.

let demo: Demo;
let api: Api;
let owner: Visitor;

beforeAll(async () => {
  demo = await openDemo();
  ({ api, visitor: owner } = demo);
});
afterAll(() => demo?.close());

const product = async (sku: string) =>
  (await api.call("GET", `/admin/inventory?q=${sku}&limit=200`)).data.find((each: { sku: string }) => each.sku === sku);

test("chosen rows are changed at once after a preview, and put back", async () => {
  const { page } = owner;
  const before = [await product("PENCIL-SET"), await product("INK-BLUE")];
  await owner.go("/inventory?q=set&view=all");
  await page
    .getByRole("row", { name: /PENCIL-SET/ })
    .getByRole("checkbox")
    .check();
  await page
    .getByRole("row", { name: /CARDS-BOTANICAL/ })
    .getByRole("checkbox")
    .check();
  await page.getByRole("button", { name: "Edit…" }).click();
  await page.getByLabel("What to do").selectOption("price_down");
  await page.getByLabel("By percent").fill("10");
  await owner.expectAccessible("what to do with many products");
  await page.getByRole("button", { name: "Show what changes" }).click();
  await page.getByRole("dialog").getByText("PENCIL-SET").first().waitFor();
  await owner.expectAccessible("what changes of many products");
  await page.setViewportSize({ width: 360, height: 740 });
  await owner.expectFits("what changes of many products");
  await page.setViewportSize({ width: 1280, height: 900 });
  expect((await product("PENCIL-SET")).price).toBe(before[0].price);
  await page.getByRole("button", { name: "Change 2 products" }).click();
  await page.getByText("2 products changed").waitFor();
  expect((await product("PENCIL-SET")).price).toBe(Math.round(before[0].price * 0.9));
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("2 products as before").waitFor();
  expect((await product("PENCIL-SET")).price).toBe(before[0].price);
  expect((await product("INK-BLUE")).price).toBe(before[1].price);
});

test("a product has all its fields in one form, with faults at them", async () => {
  const { page } = owner;
  await owner.go("/inventory/new");
  await page.getByLabel("Name", { exact: true }).fill("Honey");
  await page.getByLabel("SKU").fill("HONEY-500");
  await page.getByLabel("Price", { exact: true }).fill("8.90");
  await page.getByLabel("Reduced from").fill("8.00");
  await page.getByLabel("Barcode").fill("4006381333932");
  await page.getByLabel("Shelf").fill("B2");
  await page.getByLabel("Content").fill("500");
  await page.getByLabel("Customs code").fill("0409 00");
  await page.getByLabel("Made in").selectOption("DE");
  await page.getByLabel("How it is sold").selectOption("beyond");
  await page.getByLabel("Beyond the stock").fill("20");
  await page.getByLabel("More comes on").fill("2027-03-01");
  await page.getByLabel("Most in one order").fill("6");
  await page.getByLabel("On hand").fill("12");
  await owner.expectAccessible("a new product");
  await page.setViewportSize({ width: 360, height: 740 });
  await owner.expectFits("a new product");
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText(/is no GTIN/).waitFor();
  await page.getByText(/is what the price is reduced from/).waitFor();
  await page.getByLabel("Barcode").fill("4006381333931");
  await page.getByLabel("Reduced from").fill("9.90");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("Honey is on sale").waitFor();
  await page.getByText("per kg").waitFor();
  await owner.expectAccessible("a product with all its fields");
  expect(await product("HONEY-500")).toMatchObject({
    price: 890,
    compare_at_price: 990,
    barcode: "4006381333931",
    shelf: "B2",
    content: { quantity: 500, unit: "g" },
    customs_code: "040900",
    origin_country: "DE",
    stock_policy: "beyond",
    beyond_limit: 20,
    expected_on: "2027-03-01",
    most_per_order: 6,
    on_hand: 12,
  });
});

test("collections are made, moved and filled from the inventory", async () => {
  const { page } = owner;
  await owner.go("/collections");
  await page.getByRole("button", { name: "Add a collection" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Gifts, small");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("Gifts, small is saved").waitFor();
  await page.getByRole("button", { name: "Move up: Gifts, small" }).click();
  await owner.expectAccessible("collections");
  await page.setViewportSize({ width: 360, height: 740 });
  await owner.expectFits("collections");
  await page.setViewportSize({ width: 1280, height: 900 });
  await owner.go("/inventory?q=INK-BLUE&view=all");
  await page
    .getByRole("row", { name: /INK-BLUE/ })
    .getByRole("checkbox")
    .check();
  await page.getByRole("button", { name: "Edit…" }).click();
  await page.getByLabel("What to do").selectOption("add_to_collection");
  await page.getByLabel("Collection", { exact: true }).selectOption({ label: "Gifts, small" });
  await page.getByRole("button", { name: "Show what changes" }).click();
  await page.getByRole("button", { name: "Change 1 product" }).click();
  await page.getByText("1 product changed").waitFor();
  const gifts = (await api.call("GET", "/admin/collections?limit=200")).data.find(
    ({ handle }: { handle: string }) => handle === "gifts-small",
  );
  expect(gifts.products).toBe(1);
  expect((await api.call("GET", "/products?collection=gifts-small")).data[0].sku).toBe("INK-BLUE");
});

test("a file of SKUs and quantities sets stock, and says what was sold since it was counted", async () => {
  const { page } = owner;
  const ink = await product("INK-BLUE");
  await owner.go("/inventory/import");
  await page.getByLabel("Choose a CSV file").setInputFiles({
    name: "count.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`SKU;Quantity\r\nINK-BLUE;${ink.on_hand + 5}\r\n`),
  });
  await page.getByRole("button", { name: "Import 1 product" }).waitFor();
  await page.getByText(`On hand: ${ink.on_hand} → ${ink.on_hand + 5}`).waitFor();
  await owner.expectAccessible("a file of stock");
  await page.getByRole("button", { name: "Import 1 product" }).click();
  await page.getByText("0 added, 1 updated").waitFor();
  expect(await product("INK-BLUE")).toMatchObject({ on_hand: ink.on_hand + 5, price: ink.price, name: ink.name });
});

test("a collection's long name does not make the list wider than a phone", async () => {
  const { page } = owner;
  await api.call("POST", "/admin/collections", { name: "For the kitchen, and whoever cooks in it every single day" });
  await page.setViewportSize({ width: 360, height: 740 });
  await owner.go("/inventory");
  await page.getByLabel("Which collection").waitFor();
  await owner.expectFits("the inventory with a long name in it, at 360 px");
  await owner.go("/collections");
  await owner.expectFits("collections with a long name, at 360 px");
  await owner.expectAccessible("collections, at 360 px");
  await page.setViewportSize({ width: 1280, height: 900 });
});
