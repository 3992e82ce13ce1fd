import { afterAll, beforeAll, expect, test } from "vitest";
import type { Api } from "./api";
import type { Visitor } from "./browser";
import { type Demo, openDemo } from "./demo";

// A product in several sizes and colours: it is made, its matrix is edited, its options change.

let demo: Demo;
let api: Api;
let staff: Visitor;

beforeAll(async () => {
  demo = await openDemo({ as: "staff" });
  ({ api, visitor: staff } = demo);
});
afterAll(() => demo?.close());

/** How a screen looks on a phone. */
async function onPhone(where: string) {
  await staff.page.setViewportSize({ width: 360, height: 740 });
  await staff.expectFits(`${where}, at 360 px`);
  await staff.expectAccessible(`${where}, at 360 px`);
  await staff.page.setViewportSize({ width: 1280, height: 900 });
}

const shirt = async () =>
  api.call("GET", `/admin/product-groups/${(await api.call("GET", "/admin/product-groups?q=shirt")).data[0].id}`);
const skus = async () => (await shirt()).variants.map(({ sku }: { sku: string }) => sku);

test("a product with options is made of its values, typed with commas or Enter", async () => {
  const { page } = staff;
  await staff.go("/inventory/groups");
  await page.getByRole("link", { name: "Add one" }).click();
  await page.getByLabel("Name", { exact: true }).first().fill("Shirt");
  const sizes = page.getByRole("group", { name: "Option 1" });
  await sizes.getByLabel("Add values").pressSequentially("Small, Large,");
  await page.getByRole("button", { name: "Add an option" }).click();
  const colours = page.getByRole("group", { name: "Option 2" });
  await colours.getByLabel("Name").fill("Colour");
  await colours.getByLabel("Add values").fill("Red");
  await colours.getByLabel("Add values").press("Enter");
  await colours.getByLabel("Add values").fill("Blue");
  await colours.getByLabel("Add values").press("Tab");
  await page.getByLabel(/^Price/).fill("20");
  await page.getByLabel(/^On hand/).fill("3");
  await staff.expectAccessible("a new product with options");
  await onPhone("a new product with options");
  await page.getByRole("button", { name: "Add with 4 variants" }).click();
  await page.getByText("Shirt is there, with 4 variants").waitFor();
  expect(await skus()).toEqual(["shirt-small-red", "shirt-small-blue", "shirt-large-red", "shirt-large-blue"]);
  await staff.settled();
  await staff.expectAccessible("a group");
  await onPhone("a group");
});

test("its matrix is edited in place, and several variants at once", async () => {
  const { page } = staff;
  await page.getByRole("button", { name: /^Price of Small \/ Red/ }).click();
  await page.getByLabel("Price of Small / Red").fill("18.50");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /^Price of Small \/ Red: €18\.50/ }).waitFor();
  await page.getByRole("button", { name: /^SKU of Small \/ Red/ }).click();
  await page.getByLabel("SKU of Small / Red").fill("SHIRT-1");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /^SKU of Small \/ Red: SHIRT-1/ }).waitFor();
  await page.getByLabel("Status of Large / Blue").selectOption("hidden");
  await expect.poll(async () => (await shirt()).variants[3].status).toBe("hidden");

  const row = (name: string) => page.getByRole("row", { name: new RegExp(name) });
  await row("Large / Red").getByRole("checkbox").check();
  await row("Large / Blue").getByRole("checkbox").check();
  await page.getByRole("button", { name: "Set for 2…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Set" }).click();
  await dialog.getByText("Fill in what is to be set.").waitFor();
  await dialog.getByLabel(/^On hand/).fill("9");
  await staff.expectAccessible("set for several variants");
  await dialog.getByRole("button", { name: "Set" }).click();
  await dialog.waitFor({ state: "detached" });
  expect((await shirt()).variants.map(({ on_hand }: { on_hand: number }) => on_hand)).toEqual([3, 3, 9, 9]);
  await page.getByRole("button", { name: "Large / Red: further up" }).click();
  await expect.poll(skus).toEqual(["SHIRT-1", "shirt-large-red", "shirt-small-blue", "shirt-large-blue"]);
});

test("values are renamed and put in order, and variants are added and taken out", async () => {
  const { page } = staff;
  await staff.settled();
  await page.getByRole("button", { name: "Edit…" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit Shirt" });
  await dialog.getByLabel("Value 1 of Colour").fill("Crimson");
  await dialog.getByRole("button", { name: "Large: further up" }).click();
  await staff.expectAccessible("editing a group");
  await onPhone("editing a group");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  expect((await shirt()).variants.map(({ name }: { name: string }) => name)).toEqual([
    "Shirt – Large / Crimson",
    "Shirt – Large / Blue",
    "Shirt – Small / Crimson",
    "Shirt – Small / Blue",
  ]);

  await page.getByRole("button", { name: "Add a variant…" }).click();
  const add = page.getByRole("dialog", { name: "Add a variant of Shirt" });
  await add.getByLabel("Size").fill("Huge");
  await add.getByLabel("Colour").fill("blue");
  await add.getByLabel(/^Price/).fill("25");
  await staff.expectAccessible("adding a variant");
  await add.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("Shirt – Huge / Blue is on sale").waitFor();
  await page.getByRole("link", { name: "Huge / Blue" }).click();
  await page.getByRole("link", { name: "Shirt", exact: true }).waitFor();
  await staff.expectAccessible("a variant");
  await page.getByRole("link", { name: "Shirt", exact: true }).click();
  await staff.settled();
  await page.getByRole("button", { name: "Take Huge / Blue out of the group" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Take out" }).click();
  await expect.poll(async () => (await shirt()).variant_count).toBe(4);
  const alone = (await api.call("GET", "/admin/inventory?q=huge")).data[0];
  expect(alone.group).toBeNull();
  expect(alone.handle).toBe("shirt-huge-blue");
  expect(staff.complaints).toEqual([]);
});
