import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Api } from "./api";
import { Visitor } from "./browser";
import { type Demo, openDemo, password } from "./demo";

// Working together: tags and comments on an order, saved lists, and what one is told of.

let demo: Demo;
let api: Api;
let staff: Visitor;
let phone: Visitor;
let server: Server;
let answer = 200;
const told: { title: string; text: string }[] = [];
const orders: number[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (data) => (text += data));
    request.on("end", () => {
      if (answer < 300) told.push({ title: String(request.headers.title), text });
      response.writeHead(answer).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  demo = await openDemo({ as: "staff", extra: ["--private-webhooks"] });
  ({ api, visitor: staff } = demo);
  await api.call("POST", "/admin/inventory", { sku: "T-MUG", name: "Together mug", price: 1250, quantity: 100 });
  for (let at = 0; at < 2; at++) orders.push((await api.paidOrder([{ sku: "T-MUG", quantity: 1 }])).id);
  phone = await Visitor.open(demo.orderd.url, { width: 360, height: 740 });
  await phone.signIn("staff", password);
});
afterAll(async () => {
  await phone?.close();
  await demo?.close();
  server?.closeAllConnections();
  server?.close();
});
const address = () => `http://127.0.0.1:${(server.address() as { port: number }).port}/topic`;
const tags = (of: Visitor) => of.page.getByRole("group", { name: "Tags" });
const comments = (of: Visitor) => of.page.getByRole("region", { name: "Comments" });

test("an order gets tags by keyboard, which find it in the list", async () => {
  const { page } = staff;
  await staff.go(`/orders/${orders[0]}`);
  const field = tags(staff).getByLabel("Add a tag");
  await field.focus();
  await page.keyboard.type("Gift wrap");
  await page.keyboard.press("Enter");
  await tags(staff).getByRole("link", { name: "Gift wrap" }).waitFor();
  await page.keyboard.type("call first");
  await page.keyboard.press("Enter");
  await tags(staff).getByRole("link", { name: "call first" }).waitFor();
  await staff.expectAccessible("an order with tags");
  await tags(staff).getByRole("button", { name: "Remove tag call first" }).click();
  await tags(staff).getByRole("link", { name: "call first" }).waitFor({ state: "detached" });

  await staff.go(`/orders/${orders[1]}`);
  await tags(staff).getByLabel("Add a tag").focus();
  await page.locator('datalist option[value="Gift wrap"]').waitFor({ state: "attached" });
  await page.keyboard.type("gift WRAP");
  await page.keyboard.press("Enter");
  await tags(staff).getByRole("link", { name: "Gift wrap" }).click();
  await page.getByText("With the tag").waitFor();
  await page.getByRole("link", { name: String(orders[0]), exact: true }).waitFor();
  expect(await page.getByRole("row").count()).toBe(3);
});

test("a list is saved under a name, found again as a link, and forgotten", async () => {
  const { page } = staff;
  await staff.go("/orders?tag=gift+wrap");
  await page.getByRole("button", { name: "Save this list…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Gifts");
  await dialog.getByLabel("For all who work here").check();
  await staff.expectAccessible("saving a list");
  await dialog.getByRole("button", { name: "Save" }).click();
  const saved = page.getByRole("group", { name: "Saved lists" });
  await saved.getByRole("link", { name: "Gifts" }).waitFor();
  await staff.go("/orders");
  await saved.getByRole("link", { name: "Gifts" }).click();
  await page.getByText("With the tag").waitFor();
  expect(await saved.getByRole("link", { name: "Gifts" }).getAttribute("aria-current")).toBe("true");
  await staff.expectAccessible("a saved list");
  await staff.expectFits("a saved list");
  await phone.go("/orders?tag=gift+wrap");
  await phone.expectFits("a saved list on a telephone");
  await phone.expectAccessible("a saved list on a telephone");
  await saved.getByRole("button", { name: "Forget this list" }).click();
  await saved.getByRole("link", { name: "Gifts" }).waitFor({ state: "detached" });
});

test("staff comment on an order, and each deletes their own", async () => {
  const { page } = staff;
  await staff.go(`/orders/${orders[0]}`);
  await comments(staff).getByLabel("New comment").fill("She called: the blue one, please.");
  await comments(staff).getByRole("button", { name: "Comment" }).click();
  await comments(staff).getByText("the blue one, please").waitFor();
  await page.getByRole("region", { name: "History" }).getByText("Commented").first().waitFor();
  await staff.expectAccessible("an order with a comment");
  await staff.expectFits("an order with a comment");
  await phone.go(`/orders/${orders[0]}`);
  await comments(phone).getByText("the blue one, please").waitFor();
  await phone.expectFits("an order with a comment on a telephone");
  await phone.expectAccessible("an order with a comment on a telephone");
  await comments(staff)
    .getByRole("button", { name: /^Delete the comment/ })
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await comments(staff).getByText("the blue one, please").waitFor({ state: "detached" });
});

test("one chooses what to be told of, tries it out, and is told", async () => {
  const { page } = staff;
  await staff.go("/account");
  const way = page.getByRole("group", { name: "On your phone" });
  await way.getByLabel("Address").fill(address());
  await way.getByRole("button", { name: "Save" }).click();
  await way.getByText("Choose at least one.").waitFor();
  await way.getByLabel("An order is paid").check();
  await way.getByLabel("A product runs low").check();
  await way.getByRole("button", { name: "Save" }).click();
  await way.getByRole("button", { name: "Send a test" }).click();
  await page.getByText(/^A test went to/).waitFor();
  expect(told).toEqual([{ title: "A test", text: "It works: this is how you are told" }]);
  await staff.expectAccessible("what one is told of");
  await staff.expectFits("what one is told of");

  const { id } = await api.paidOrder([{ sku: "T-MUG", quantity: 1 }]);
  await expect.poll(() => told.length, { timeout: 20_000 }).toBe(2);
  expect(told[1]).toMatchObject({ title: "1 order paid" });
  expect(told[1]!.text).toContain(`Order ${id} was paid`);

  answer = 403;
  await way.getByRole("button", { name: "Send a test" }).click();
  await page.getByText(/answered 403/).waitFor();
  await phone.go("/account");
  await phone.page.getByText(/^Last told/).waitFor();
  await phone.expectFits("what one is told of on a telephone");
  await phone.expectAccessible("what one is told of on a telephone");
  await way.getByRole("button", { name: "Stop" }).click();
  await way.getByRole("button", { name: "Send a test" }).waitFor({ state: "detached" });
});
