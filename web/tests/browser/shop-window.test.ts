import { afterAll, beforeAll, expect, test } from "vitest";
import { type Orderd, startOrderd } from "../support/orderd.mjs";
import { Api } from "./api";
import { Visitor } from "./browser";
import { password } from "./demo";

// The shop's own window, as customers see it: from a phone to a large screen, by day and by night, without JavaScript.

let orderd: Orderd;
let api: Api;
const visitors: Visitor[] = [];

beforeAll(async () => {
  orderd = await startOrderd("demo", ["--password", password]);
  api = await new Api(orderd.url).signIn("owner", password);
});
afterAll(async () => {
  for (const visitor of visitors) await visitor.close();
  await orderd?.stop();
});

async function visit(how: Parameters<typeof Visitor.open>[1] = {}): Promise<Visitor> {
  const visitor = await Visitor.open(orderd.url, how);
  visitors.push(visitor);
  return visitor;
}

/** Something of the demo's that comes in several kinds, and something that does not. */
async function handles(): Promise<{ group: string; product: string }> {
  const { data } = await api.call("GET", "/product-groups?limit=200");
  const of = (kind: string) => data.find((entry: { kind: string }) => entry.kind === kind).handle;
  return { group: of("group"), product: of("product") };
}

test("the window, a product, a search and a problem are accessible and fit, from a phone to a large screen", async () => {
  const { group, product } = await handles();
  for (const [width, height, colorScheme] of [
    [360, 740, "light"],
    [1280, 900, "dark"],
    [3840, 2160, "light"],
  ] as const) {
    const visitor = await visit({ width, height, colorScheme });
    const { page } = visitor;
    for (const path of ["/", `/p/${product}`, `/p/${group}`, "/?q=mug", "/?q=nothing+of+this+kind", "/nowhere"]) {
      await page.goto(path);
      const where = `${path} at ${width} px, ${colorScheme}`;
      await visitor.expectFits(where);
      await visitor.expectAccessible(where);
    }
    await page.goto("/");
    const first = page.locator(".cards img").first();
    await first.waitFor();
    await expect.poll(() => first.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
    expect(visitor.complaints).toEqual([]);
  }
});

test("a visitor searches, chooses a kind and changes the language without JavaScript", async () => {
  const { group } = await handles();
  const { page, complaints } = await visit({ width: 360, height: 740, javaScript: false });
  await page.goto("/");
  const [entry] = (await api.call("GET", `/product-groups?q=${group.replaceAll("-", "+")}`)).data;
  await page.getByRole("searchbox").fill(entry.name);
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("link", { name: entry.name }).click();
  await page.getByRole("heading", { level: 1, name: entry.name }).waitFor();
  const option = page.getByRole("group", { name: entry.options[0].name });
  const last = entry.options[0].values.at(-1);
  await option.getByRole("link", { name: last }).click();
  await expect.poll(() => option.locator("[aria-current]").textContent()).toContain(last);
  await page.getByRole("link", { name: "Deutsch" }).click();
  await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("de");
  await expect.poll(() => option.locator("[aria-current]").textContent()).toContain(last);
  await page.getByRole("link", { name: "Warenkorb", exact: true }).waitFor();
  // It stays so on the next page.
  await page.getByRole("link", { name: "Tide & Clay" }).click();
  expect(await page.locator("html").getAttribute("lang")).toBe("de");
  await page
    .getByRole("navigation", { name: "Sortieren nach" })
    .getByRole("link", { name: "Preis aufsteigend" })
    .click();
  await expect.poll(() => page.locator("h1").count()).toBe(1);
  expect(complaints).toEqual([]);
});

test("an owner changes how the shop looks, and turns its pages off; the dashboard stays at /admin", async () => {
  const owner = await visit();
  const { page } = owner;
  await owner.signIn("owner", password);
  await owner.go("/settings");
  const part = page.getByRole("region", { name: "Shop pages" });
  await part.getByLabel("Colour of buttons and links").fill("#7a1f3d");
  await part.getByLabel("On the first page").fill("Bowls for soup.");
  await part.getByLabel("Links at the foot").fill("Terms https://example.com/terms\nnonsense");
  await page.getByRole("button", { name: "Save" }).click();
  await part.getByText("Write a text and an address").waitFor();
  await part.getByLabel("Links at the foot").fill("Terms https://example.com/terms");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Settings saved").waitFor();
  await owner.expectAccessible("settings with the shop's pages");

  const { page: shop } = await visit();
  await shop.goto("/");
  await shop.getByRole("heading", { level: 1, name: "Bowls for soup." }).waitFor();
  expect(await shop.getByRole("link", { name: "Terms" }).getAttribute("href")).toBe("https://example.com/terms");
  const button = shop.getByRole("link", { name: "Next page" });
  expect(await button.evaluate((link) => getComputedStyle(link).backgroundColor)).toBe("rgb(122, 31, 61)");

  await part.getByLabel("Customers can buy at").uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await expect.poll(async () => (await api.call("GET", "/admin/settings")).storefront.on).toBe(false);
  await shop.goto("/");
  expect(new URL(shop.url()).pathname).toBe("/dashboard/");
  await shop.goto("/admin");
  expect(new URL(shop.url()).pathname).toBe("/dashboard/");
  expect(owner.complaints).toEqual([]);
});
