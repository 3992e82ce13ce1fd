import { afterAll, beforeAll, expect, test } from "vitest";
import type { Api } from "./api";
import type { Visitor } from "./browser";
import { type Demo, openDemo } from "./demo";

// The language of what customers read, as the shop's people set it.

let demo: Demo;
let api: Api;
let owner: Visitor;

beforeAll(async () => {
  demo = await openDemo({ as: "owner" });
  ({ api, visitor: owner } = demo);
});
afterAll(() => demo?.close());

test("an owner sets the shop's language, and staff change an order's", async () => {
  const { page } = owner;
  await owner.go("/settings");
  const shop = page.getByRole("region", { name: "The shop" });
  await shop.getByLabel("Language of pages and mails").selectOption({ label: "German" });
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Settings saved").waitFor();
  expect((await api.call("GET", "/admin/settings")).locale).toBe("de");

  const [product] = (await api.call("GET", "/products?limit=1")).data;
  const order = await api.order([{ sku: product.sku, quantity: 1 }], "Emmy Noether");
  expect(order.locale).toBe("de");
  await owner.go(`/orders/${order.id}`);
  const select = page.getByRole("combobox", { name: "Language of mails and pages" });
  await expect.poll(() => select.inputValue()).toBe("de");
  await select.selectOption({ label: "English" });
  await page.getByText("Mails and pages are in English from now on").waitFor();
  await page.getByText("Language changed to English").waitFor();
  expect((await api.call("GET", `/admin/orders/${order.id}`)).locale).toBe("en");
  await owner.expectAccessible("an order whose language was changed");
  await page.setViewportSize({ width: 360, height: 740 });
  await owner.expectFits("an order with its language");
  expect(await select.getByRole("option").allTextContents()).toEqual(["English", "French", "German", "Spanish"]);
  await select.selectOption({ label: "French" });
  await page.getByText("Mails and pages are in French from now on").waitFor();
  expect((await api.call("GET", `/admin/orders/${order.id}`)).locale).toBe("fr");
  expect(owner.complaints).toEqual([]);
});
