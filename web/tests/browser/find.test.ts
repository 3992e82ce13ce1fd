import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Orderd, startOrderd } from "../support/orderd.mjs";
import { Api } from "./api";
import { Visitor } from "./browser";

// One search over everything, from every page, by the keyboard and on a telephone.

const password = "a long password of tests";
let orderd: Orderd;
let api: Api;
let order: { id: number };
let tracking: string;
const waiting = { timeout: 20_000, interval: 100 };

beforeAll(async () => {
  orderd = await startOrderd("demo", ["--password", password]);
  api = await new Api(orderd.url).signIn("owner", password);
  const { sku } = (await api.call("GET", "/products?limit=50")).data.find(
    ({ available }: { available: number }) => available > 3,
  );
  order = await api.paidOrder([{ sku, quantity: 1 }]);
  await api.call("PUT", `/admin/orders/${order.id}`, {
    customer: { name: "Zdeněk Novák-Příklad", phone: "+420 777 123456" },
  });
  await api.call("PUT", `/orders/${order.id}/fulfillment`, {});
  // The label is bought by a job, and the index reads the event log.
  tracking = await vi.waitFor(async () => {
    const { shipments } = await api.call("GET", `/admin/orders/${order.id}`);
    const number: string | null = shipments[0]?.tracking_number;
    expect(number).toBeTruthy();
    return number!;
  }, waiting);
  await vi.waitFor(async () => {
    expect((await api.call("GET", "/admin/orders?q=zdenek")).data.length).toBe(1);
  }, waiting);
});
afterAll(() => orderd?.stop());

for (const width of [1280, 360])
  test(`what is typed finds orders, customers and parcels, by keyboard alone, ${width} px wide`, async () => {
    const visitor = await Visitor.open(orderd.url, { width });
    const { page } = visitor;
    const dialog = page.getByRole("dialog", { name: /^Search/ });
    const field = page.getByRole("combobox", { name: "Search" });
    try {
      await visitor.signIn("owner", password);
      await visitor.go("/collections");
      await page.keyboard.press("/");
      await dialog.waitFor();
      await visitor.focusIs({ tag: "INPUT" });
      await visitor.expectAccessible("search, nothing typed");
      await page.keyboard.type("zdenek nov");
      await dialog.getByRole("option", { name: new RegExp(`^${order.id} · Zdeněk Novák-Příklad`) }).waitFor();
      await dialog.getByRole("group", { name: "Orders" }).waitFor();
      await visitor.expectAccessible("search, found");
      await visitor.expectFits("search");
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/find-${width}.png` });
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: `Order ${order.id}` }).waitFor();
      await dialog.waitFor({ state: "detached" });

      // From within a field, and by the arrows: a common word finds several groups.
      await visitor.go("/orders");
      await page.keyboard.press("f");
      await page.waitForFunction(() => document.activeElement?.getAttribute("type") === "search");
      await page.keyboard.press("Control+k");
      await dialog.waitFor();
      await field.fill("berlin");
      await dialog.getByRole("group", { name: "Customers" }).waitFor();
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/find-many-${width}.png` });
      const chosen = dialog.locator("[role=option][aria-selected=true]");
      const first = await chosen.textContent();
      await page.keyboard.press("ArrowDown");
      await expect.poll(() => chosen.textContent()).not.toBe(first);
      await page.keyboard.press("ArrowUp");
      await expect.poll(() => chosen.textContent()).toBe(first);
      await page.keyboard.press("ArrowUp");
      const last = (await dialog.getByRole("option").last().textContent()) ?? "";
      await expect.poll(() => chosen.textContent()).toBe(last);
      expect(await field.getAttribute("aria-activedescendant")).toBe(await chosen.getAttribute("id"));

      await field.fill("nobody is called so");
      await dialog.getByText("Nothing is found by “nobody is called so”.").waitFor();
      await page.keyboard.press("Escape");
      if (await dialog.isVisible()) await page.keyboard.press("Escape"); // the first one empties the field
      await dialog.waitFor({ state: "detached" });
      expect(visitor.complaints).toEqual([]);
    } finally {
      await visitor.close();
    }
  });

test("a scanner types a parcel's number and Enter at once, and its order opens", async () => {
  const visitor = await Visitor.open(orderd.url, { width: 360 });
  const { page } = visitor;
  try {
    await visitor.signIn("owner", password);
    await visitor.settled();
    await page.getByRole("button", { name: "Search everything" }).first().click();
    await page.keyboard.insertText(tracking);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: `Order ${order.id}` }).waitFor();
    // An exact number goes before whatever else it finds.
    await page.keyboard.press("/");
    await page.keyboard.insertText(`#${order.id}`);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("heading", { name: `Order ${order.id}` }).waitFor();
    expect(visitor.complaints).toEqual([]);
  } finally {
    await visitor.close();
  }
});

test("Enter opens what was typed last, whatever was found before it, and asks again after a fault", async () => {
  const visitor = await Visitor.open(orderd.url);
  const { page } = visitor;
  const dialog = page.getByRole("dialog", { name: /^Search/ });
  try {
    await visitor.signIn("owner", password);
    await visitor.settled();
    // The next key after "/" belongs to the field, however soon it comes.
    const focused = await page.evaluate(async () => {
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true }));
      await new Promise((resolve) => setTimeout(resolve, 0));
      return document.activeElement?.getAttribute("role");
    });
    expect(focused).toBe("combobox");

    await page.keyboard.insertText("berlin");
    await dialog.getByRole("group", { name: "Customers" }).waitFor();
    await page.getByRole("combobox", { name: "Search" }).fill(tracking);
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("heading", { name: `Order ${order.id}` }).waitFor();

    await visitor.go("/collections");
    await page.route("**/admin/search*", (route) => route.abort(), { times: 1 });
    await page.keyboard.press("/");
    await page.keyboard.insertText(tracking);
    await page.keyboard.press("Enter");
    await dialog.getByRole("status").filter({ hasText: /./ }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: `Order ${order.id}` }).waitFor();
  } finally {
    await visitor.close();
  }
});
