import { afterAll, beforeAll, expect, test } from "vitest";
import type { Api } from "./api";
import type { Visitor } from "./browser";
import { type Demo, openDemo, password } from "./demo";

// What was typed and not saved yet is not lost unasked.

let demo: Demo;
let api: Api;
let owner: Visitor;

beforeAll(async () => {
  demo = await openDemo();
  ({ api, visitor: owner } = demo);
});
afterAll(() => demo?.close());

test("a session that ends under a dialog leaves it, asks to sign in over it, and goes on from there", async () => {
  const { page } = owner;
  const order = (await api.call("GET", "/admin/orders?limit=1")).data[0];
  await owner.go(`/orders/${order.id}`);
  await page
    .getByRole("region", { name: "Notes" })
    .getByRole("button", { name: /Add a note|Change/ })
    .click();
  await page.getByRole("textbox", { name: "Note" }).fill("A long story");
  await owner.context.clearCookies();
  const note = page.getByRole("dialog", { name: "Staff note" });
  await note.getByRole("button", { name: "Save" }).click();
  const again = page.getByRole("dialog", { name: "Sign in again" });
  await again.getByText("as you left it").waitFor();
  await owner.expectAccessible("sign in again");
  for (let times = 0; times < 3; times++) await page.keyboard.press("Escape");
  await again.getByLabel("Password").fill(password);
  await again.getByRole("button", { name: "Sign in" }).click();
  await again.waitFor({ state: "detached" });
  expect(await note.getByRole("textbox").inputValue()).toBe("A long story");
  await note.getByRole("button", { name: "Save" }).click();
  await note.waitFor({ state: "detached" });
  expect((await api.call("GET", `/admin/orders/${order.id}`)).staff_note).toBe("A long story");
  // And the page is live again.
  await api.call("PUT", `/admin/orders/${order.id}`, { staff_note: "The end" });
  await page.getByText("The end", { exact: true }).waitFor();
});

test("leaving settings that are not saved asks, by a link and by Back; saved ones are left at once", async () => {
  const { page } = owner;
  const asked: string[] = [];
  let answer = false;
  page.on("dialog", (dialog) => {
    asked.push(dialog.message());
    void (answer ? dialog.accept() : dialog.dismiss());
  });
  const menu = page.getByRole("navigation", { name: "Main" });
  await menu.getByRole("link", { name: "Customers" }).click();
  await owner.settled();
  await menu.getByRole("link", { name: "Settings" }).click();
  await owner.settled();
  const shop = page.getByRole("region", { name: "The shop" });
  await shop.getByLabel("Name", { exact: true }).fill("Another name");
  await menu.getByRole("link", { name: "Orders" }).click();
  await expect.poll(() => asked.length).toBe(1);
  await page.goBack();
  await expect.poll(() => asked.length).toBe(2);
  await page.waitForURL(/settings$/);
  expect(await shop.getByLabel("Name", { exact: true }).inputValue()).toBe("Another name");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Settings saved").waitFor();
  await menu.getByRole("link", { name: "Orders" }).click();
  await page.getByRole("heading", { name: "Orders" }).waitFor();
  expect(asked).toHaveLength(2);

  await owner.go("/inventory/new");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  // All that is needed is marked at once.
  expect(await page.locator(".field .fault").allTextContents()).toEqual(Array(3).fill("This is needed."));
  await page.getByLabel("Name", { exact: true }).fill("Half a product");
  answer = true;
  await menu.getByRole("link", { name: "Orders" }).click();
  await page.getByRole("heading", { name: "Orders" }).waitFor();
  expect(asked).toHaveLength(3);
});

test("through all of it, the console was silent", () => {
  expect(owner.complaints).toEqual([]);
});
