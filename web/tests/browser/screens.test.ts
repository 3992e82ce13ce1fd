import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Orderd, startOrderd } from "../support/orderd.mjs";
import { areCurrent } from "../support/types.mjs";
import { Api } from "./api";
import { Visitor } from "./browser";

// Every screen of a shop that has some life in it, as each role sees it.

const password = "a long password of tests";
let orderd: Orderd;
let api: Api;
let order: { id: number };
let orders: { id: number; status: string }[];
let product: { id: number };
let held: { id: number };
let customer: { id: number };
let webhook: { id: number };
let methods: { id: number }[];
let group: { id: number };

beforeAll(async () => {
  orderd = await startOrderd("demo", ["--password", password, "--private-webhooks"]);
  api = await new Api(orderd.url).signIn("owner", password);
  for (const role of ["staff", "viewer"]) await api.call("POST", "/admin/users", { username: role, password, role });
  await api.call("POST", "/admin/api-keys", { label: "Shop front", role: "staff" });
  order = (await api.call("GET", "/admin/orders?status=pending&limit=1")).data[0];
  const { sku } = (await api.call("GET", "/products?limit=50")).data.find(
    ({ available }: { available: number }) => available > 3,
  );
  for (const quantity of [1, 2]) {
    const paid = await api.paidOrder([{ sku, quantity }]);
    await api.call("PUT", `/orders/${paid.id}/fulfillment`, { items: [{ item_id: paid.items[0].id, quantity: 1 }] });
    if (quantity === 2) await api.call("PUT", `/orders/${paid.id}/fulfillment`, { status: "shipped" });
  }
  const shipping_address = { line1: "Markt 1", city: "Ulm", postal_code: "89073", country: "DE" };
  const draft = {
    status: "draft",
    customer: { name: "By telephone", shipping_address },
    items: [{ sku, quantity: 1 }],
  };
  await api.call("POST", "/admin/orders", draft);
  const all: typeof orders = (await api.call("GET", "/admin/orders?limit=200")).data;
  orders = [...new Map(all.map((each) => [each.status, each])).values()];
  product = (await api.call("GET", "/admin/inventory?limit=1")).data[0];
  // One whose units open orders hold, of which it tells.
  const { items } = await api.call("GET", `/admin/orders/${orders.find(({ status }) => status === "processing")!.id}`);
  held = { id: items[0].product_id };
  webhook = await api.call("POST", "/admin/webhooks", { url: "http://127.0.0.1:9/hook", events: ["order.*"] });
  customer = (await api.call("GET", "/admin/customers?limit=1")).data[0];
  methods = (await api.call("GET", "/admin/delivery-methods")).data;
  group = (await api.call("GET", "/admin/product-groups")).data[0];
});
afterAll(() => orderd?.stop());

const screens = (): [path: string, least: "viewer" | "staff" | "owner"][] => [
  ["/", "viewer"],
  ["/orders", "viewer"],
  ["/orders/new", "staff"],
  ["/pack", "viewer"],
  ...orders.filter(({ status }) => status === "paid").map(({ id }) => [`/pack/${id}`, "staff"] as [string, "staff"]),
  ["/inventory/stock-in", "staff"],
  ["/inventory/stock-in?mode=count", "staff"],
  // One in each state: each has other buttons.
  ...orders.map(({ id }) => [`/orders/${id}`, "viewer"] as [string, "viewer"]),
  ["/discount-codes", "viewer"],
  ["/discount-codes/1", "viewer"],
  ["/payments", "viewer"],
  ["/payments?q=lindqvist&method=card", "viewer"],
  ["/documents", "viewer"],
  ["/documents?kind=credit_note", "viewer"],
  ["/reports", "viewer"],
  ["/reports?report=tax", "viewer"],
  ["/reports?report=sales", "viewer"],
  ["/reports?report=open-payments", "viewer"],
  ["/reports?report=refunds-to-send", "viewer"],
  ["/reports?report=refunds-to-send&month=2020-01", "viewer"],
  ["/inventory", "viewer"],
  [`/inventory/${product.id}`, "viewer"],
  [`/inventory/${held.id}`, "viewer"],
  ["/inventory/groups", "viewer"],
  ["/inventory/groups/new", "staff"],
  [`/inventory/groups/${group.id}`, "viewer"],
  ["/inventory/new", "staff"],
  ["/inventory/import", "staff"],
  ["/collections", "viewer"],
  ["/alerts", "viewer"],
  ["/return-requests", "viewer"],
  ["/delivery", "viewer"],
  ["/delivery/new", "staff"],
  ...methods.map(({ id }) => [`/delivery/${id}`, "staff"] as [string, "staff"]),
  ["/customers", "viewer"],
  [`/customers/${customer.id}`, "viewer"],
  ["/mails", "viewer"],
  ["/jobs", "viewer"],
  ["/audit", "owner"],
  ["/users", "owner"],
  ["/api-keys", "owner"],
  ["/webhooks", "owner"],
  [`/webhooks/${webhook.id}`, "owner"],
  ["/texts", "owner"],
  ["/texts/legal", "owner"],
  ["/texts/legal/terms/en", "owner"],
  ["/settings", "owner"],
  ["/account", "viewer"],
  ["/nowhere", "viewer"],
];

test("there are orders in every state that buttons depend on", () => {
  expect(orders.map(({ status }) => status)).toEqual(
    expect.arrayContaining([
      "draft",
      "pending",
      "paid",
      "processing",
      "partially_shipped",
      "shipped",
      "delivered",
      "cancelled",
    ]),
  );
});

test("there is a document of each kind that buttons depend on, and a refund that staff are to send", async () => {
  for (const kind of ["invoice", "credit_note"])
    expect((await api.call("GET", `/admin/documents?kind=${kind}`)).data, kind).not.toEqual([]);
  expect((await api.call("GET", "/admin/reports/refunds-to-send")).data).not.toEqual([]);
});

// 320: the narrowest that WCAG asks for (1.4.10, Reflow).
test("every screen is accessible in both colours, fits into every width, and the console is silent", async () => {
  const visitor = await Visitor.open(orderd.url);
  const { page } = visitor;
  try {
    await page.goto("/dashboard/");
    await page.getByLabel("Username").waitFor();
    await visitor.expectAccessible("sign-in");
    await visitor.signIn("owner", password);
    for (const [path] of screens()) {
      await visitor.go(path);
      for (const colorScheme of ["dark", "light"] as const) {
        await page.emulateMedia({ colorScheme });
        await visitor.expectAccessible(`${path}, ${colorScheme}`);
      }
      for (const width of [320, 360, 2560, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        await visitor.settled();
        await visitor.expectFits(`${path}, ${width} pixels`);
      }
    }
    expect(visitor.complaints).toEqual([]);
    // An address that is not a screen's is answered 404, with the dashboard that says so.
    expect(visitor.refusals).toEqual([`404 ${orderd.url}/dashboard/nowhere`]);
  } finally {
    await visitor.close();
  }
});

test("on a small screen, the newest orders take two lines each", async () => {
  const visitor = await Visitor.open(orderd.url, { width: 360, height: 740 });
  try {
    await visitor.signIn("owner", password);
    await visitor.go("/");
    const newest = visitor.page.getByRole("region", { name: "Newest orders" }).getByRole("listitem").first();
    expect(await newest.evaluate((row) => getComputedStyle(row).gridTemplateRows.split(" ").length)).toBe(2);
  } finally {
    await visitor.close();
  }
});

test("no screen scrolls on into emptiness: what screen readers are told takes no room", async () => {
  const visitor = await Visitor.open(orderd.url);
  try {
    await visitor.signIn("owner", password);
    for (const path of ["/?days=365", "/orders", `/inventory/${held.id}`]) {
      await visitor.go(path);
      const beyond = await visitor.page.evaluate(() => {
        const { scrollHeight, clientHeight } = document.documentElement;
        return (
          scrollHeight -
          Math.max(clientHeight, Math.ceil(document.querySelector("main")!.getBoundingClientRect().bottom + scrollY))
        );
      });
      expect(beyond, path).toBeLessThanOrEqual(1);
    }
  } finally {
    await visitor.close();
  }
});

test("the menu of a small screen is accessible, opens, and closes by Escape", async () => {
  const visitor = await Visitor.open(orderd.url, { width: 360, height: 740 });
  try {
    await visitor.signIn("owner", password);
    await visitor.page.getByRole("button", { name: "Menu" }).click();
    const link = visitor.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Inventory" });
    await link.waitFor();
    await visitor.expectAccessible("menu");
    await link.focus();
    await visitor.page.keyboard.press("Escape");
    await link.waitFor({ state: "hidden" });
  } finally {
    await visitor.close();
  }
});

test.each(["viewer", "staff"] as const)(
  "a %s sees what that role may, and no button that it may not press",
  async (role) => {
    const visitor = await Visitor.open(orderd.url);
    try {
      await visitor.signIn(role, password);
      const menu = visitor.page.getByRole("navigation", { name: "Main" });
      for (const hidden of ["Users", "API keys", "Webhooks", "Settings", "Audit log"])
        expect(await menu.getByRole("link", { name: hidden }).count(), hidden).toBe(0);
      for (const [path, least] of screens()) {
        await visitor.go(path);
        const refused = least === "owner" || (least === "staff" && role === "viewer");
        expect(await visitor.page.getByText("Not for this role").count(), path).toBe(refused ? 1 : 0);
        if (role === "viewer" && !refused) {
          const buttons = await visitor.page.locator("main button:visible, main a.button:visible").allTextContents();
          // What one is told of oneself is one's own.
          const own = path === "/account" ? /^(Save|Send a test)$/ : /^$/;
          const harmless =
            /^(Print|Copy|Export|CSV…|7 days|30 days|90 days|Year|With options|Change the password|Set up…|Next page|Show all|Show what it costs|Product.*|Available.*|Price.*)$/;
          expect(
            buttons.map((text) => text.trim()).filter((text) => text && !harmless.test(text) && !own.test(text)),
            path,
          ).toEqual([]);
        }
      }
      expect(visitor.complaints).toEqual([]);
    } finally {
      await visitor.close();
    }
  },
);

test("the keyboard goes everywhere: screens, search, rows, help", async () => {
  const visitor = await Visitor.open(orderd.url);
  const { page } = visitor;
  try {
    await visitor.signIn("owner", password);
    await visitor.settled();
    await page.keyboard.press("g");
    await page.keyboard.press("o");
    await page.getByRole("heading", { name: "Orders" }).waitFor();
    await visitor.settled();
    await page.keyboard.press("f");
    await page.waitForFunction(() => document.activeElement?.getAttribute("type") === "search");
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    const first = await page.evaluate(() => document.activeElement?.textContent);
    await page.keyboard.press("j");
    const second = await page.evaluate(() => document.activeElement?.textContent);
    expect(second).not.toBe(first);
    await page.keyboard.press("k");
    await visitor.focusIs({ text: first! });
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: `Order ${first}` }).waitFor();
    await visitor.settled();
    await visitor.focusIs({ tag: "H1" });
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
    await visitor.expectAccessible("help");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  } finally {
    await visitor.close();
  }
});

test("filters live in the address: a view can be kept and gone back to", async () => {
  const visitor = await Visitor.open(orderd.url);
  const { page } = visitor;
  try {
    await visitor.signIn("owner", password);
    await visitor.go("/orders");
    await page.getByRole("navigation", { name: "Status" }).getByRole("link", { name: "Unpaid" }).click();
    await page.waitForURL(/status=pending/);
    await visitor.settled();
    await page.getByRole("searchbox").fill(String(order.id));
    await page.waitForURL(/q=/);
    await page.reload();
    await visitor.settled();
    expect(await page.getByRole("searchbox").inputValue()).toBe(String(order.id));
    await page.getByRole("searchbox").fill("no such customer anywhere");
    await page.getByText("Nothing matches these filters").waitFor();
    await page.getByRole("button", { name: "Show all" }).click();
    await page.waitForURL((url) => url.search === "");
    await page.getByRole("link", { name: String(order.id), exact: true }).waitFor();
  } finally {
    await visitor.close();
  }
});

test("each figure of Today leads to the list of what it counts", async () => {
  const visitor = await Visitor.open(orderd.url);
  const { page } = visitor;
  try {
    // One that failed and is open, one that failed and is not: only the first is counted.
    const { sku } = (await api.call("GET", "/products?limit=50")).data.find(
      ({ available }: { available: number }) => available > 3,
    );
    await api.declinedOrder([{ sku, quantity: 1 }]);
    const { id } = await api.declinedOrder([{ sku, quantity: 1 }]);
    await api.call("POST", `/orders/${id}/cancel`, {});
    await visitor.signIn("owner", password);
    await visitor.go("/");
    const figures = await page.locator(".figures a").evaluateAll((links) =>
      links.map((link) => ({
        count: Number(link.querySelector("strong")!.textContent!.replace(/\D/g, "")),
        to: link.getAttribute("href")!.replace("/dashboard", ""),
        label: link.textContent,
      })),
    );
    expect(figures.length).toBeGreaterThanOrEqual(5);
    expect(figures.find(({ to }) => to.startsWith("/payments"))?.count).toBeGreaterThan(0);
    // The lanes above the jobs are not jobs.
    const lists = page
      .locator("#content table")
      .filter({ hasNot: page.locator("caption", { hasText: /^(Areas|Who does not answer)$/ }) });
    for (const { count, to, label } of figures) {
      await visitor.go(to);
      expect(await lists.locator("tbody tr").count(), label!).toBe(count);
    }
    await visitor.go("/");
    const placed = page.locator(".chart-total").getByRole("link", { name: /^\d+ orders?$/ });
    const [, number] = (await placed.textContent())!.match(/(\d+) order/)!;
    await placed.click();
    await visitor.settled();
    expect(await page.locator("#content tbody tr").count()).toBe(Number(number));
  } finally {
    await visitor.close();
  }
});

test("Back, and the link to the list, lead to where the list was: its filters, and how far it was scrolled", async () => {
  const visitor = await Visitor.open(orderd.url, { height: 400 });
  const { page } = visitor;
  try {
    await visitor.signIn("owner", password);
    // It is read apart from the list, and moves what is below it.
    const notice = page.getByRole("complementary", { name: "Simulated payments" });
    for (const back of [() => page.goBack(), () => page.locator("a.back").click()]) {
      await visitor.go("/orders?status=delivered");
      await notice.waitFor();
      const row = page.locator("#content tbody tr").last().getByRole("link");
      await row.scrollIntoViewIfNeeded();
      const scrolled = await page.evaluate(() => scrollY);
      expect(scrolled).toBeGreaterThan(0);
      await row.click();
      await page.waitForURL(/\/orders\/\d+/);
      await visitor.settled();
      expect(await page.evaluate(() => scrollY)).toBe(0);
      await back();
      await page.waitForURL(/\/orders\?status=delivered/);
      await page.waitForFunction((wanted) => Math.abs(scrollY - wanted) < 2, scrolled);
    }
    const scrolled = await page.evaluate(() => scrollY);
    await page.route(
      "**/admin/orders?*",
      async (route) => {
        await notice.waitFor();
        await route.continue();
      },
      { times: 1 },
    );
    await page.reload();
    await page.waitForFunction((wanted) => Math.abs(scrollY - wanted) < 2, scrolled);
    // A filter that no control shows is said, and can be taken out.
    await visitor.go("/orders?status=paid,delivered&in_trouble=true");
    await page.getByText("Of these: paid, delivered").waitFor();
    await page.locator(".chip", { hasText: "With a parcel in trouble" }).getByRole("button").click();
    await page.waitForURL((url) => !url.search.includes("in_trouble"));
    await visitor.expectAccessible("filters that a link set");
  } finally {
    await visitor.close();
  }
});

test("a list that could not be read says why, and reads it when asked again", async () => {
  const visitor = await Visitor.open(orderd.url);
  const { page } = visitor;
  try {
    await visitor.signIn("owner", password);
    await page.route("**/admin/payments?*", (route) =>
      route.fulfill({
        status: 503,
        contentType: "application/problem+json",
        body: JSON.stringify({ status: 503, code: "busy", title: "Busy", detail: "Too much is waiting." }),
      }),
    );
    await visitor.go("/payments");
    await page.getByRole("alert").filter({ hasText: "Too much is waiting." }).waitFor();
    await visitor.expectAccessible("a list that could not be read");
    await page.unroute("**/admin/payments?*");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("table", { name: "Payments, newest first" }).waitFor();
  } finally {
    await visitor.close();
  }
});

test("what is printed is the screen without what is pressed on it, and fits the paper", async () => {
  // A4's width without its margins, in CSS pixels.
  const visitor = await Visitor.open(orderd.url, { width: 718, colorScheme: "dark" });
  const { page } = visitor;
  try {
    await visitor.signIn("owner", password);
    await page.emulateMedia({ media: "print" });
    for (const [path] of screens()) {
      await visitor.go(path);
      await visitor.expectFits(`${path} on paper`);
      expect(await page.locator("h1").isVisible(), path).toBe(true);
      for (const gone of ["nav.side", ".toolbar", ".page-head .actions"]) {
        expect(await page.locator(gone).filter({ visible: true }).count(), `${gone} of ${path}`).toBe(0);
      }
      expect(await page.evaluate(() => getComputedStyle(document.body).color), path).toBe("rgb(0, 0, 0)");
    }
  } finally {
    await visitor.close();
  }
});

test("Today says how old the newest backup is, and warns where the one after it was not made", async () => {
  const folder = mkdtempSync(join(tmpdir(), "orderd-backups-"));
  const shop = await startOrderd("demo", ["--password", password, "--backup-dir", folder]);
  const visitor = await Visitor.open(shop.url);
  const { page } = visitor;
  try {
    const owner = await new Api(shop.url).signIn("owner", password);
    await expect
      .poll(async () => (await owner.call("GET", "/admin/stats")).last_backup_at, { timeout: 30_000 })
      .toBeTruthy();
    await visitor.signIn("owner", password);
    await page.getByText(/^Newest backup: .*\.$/).waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    await page.clock.setFixedTime(Date.now() + 49 * 3_600_000);
    await visitor.go("/");
    await page.getByRole("alert").getByText("The one after it was not made").waitFor();
    await visitor.expectAccessible("a late backup");
  } finally {
    await visitor.close();
    await shop.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test("the API's types are those of this executable: where this fails, run `npm run types`", async () => {
  expect(await areCurrent(orderd.url)).toBe(true);
});

test("the first load is under 100 KiB, and asks nobody but orderd", async () => {
  const visitor = await Visitor.open(orderd.url);
  try {
    await visitor.signIn("owner", password);
    await visitor.settled();
    const session = await visitor.context.newCDPSession(visitor.page);
    await session.send("Network.enable");
    await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    let bytes = 0;
    const files: string[] = [];
    const urls = new Map<string, string>();
    session.on("Network.responseReceived", ({ requestId, response }) => urls.set(requestId, response.url));
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const url = urls.get(requestId) ?? "";
      if (!url.includes("/dashboard/")) return;
      bytes += encodedDataLength;
      files.push(`${encodedDataLength} ${url}`);
    });
    await visitor.page.reload();
    await visitor.settled();
    expect(files.length).toBeGreaterThan(3);
    expect(bytes, files.join("\n")).toBeLessThan(100 * 1024);
    expect(visitor.complaints).toEqual([]);
  } finally {
    await visitor.close();
  }
});

test("when orderd cannot be reached, the dashboard says so and continues automatically", async () => {
  const visitor = await Visitor.open(orderd.url);
  const { page } = visitor;
  try {
    await visitor.signIn("owner", password);
    await visitor.go("/orders");
    await visitor.context.setOffline(true);
    await page.getByText("orderd cannot be reached").first().waitFor();
    // What was there stays in sight.
    await page.getByRole("link", { name: String(order.id), exact: true }).waitFor();
    await visitor.context.setOffline(false);
    await page.waitForFunction(() => !document.body.innerText.includes("orderd cannot be reached"));
  } finally {
    await visitor.close();
  }
});

test("D10: more users than a page of the API has are all listed, and a broken address has an error page", async () => {
  for (let at = 0; at < 60; at++)
    await api.call("POST", "/admin/users", { username: `user-${at}`, password, role: "viewer" });
  const visitor = await Visitor.open(orderd.url);
  const { page } = visitor;
  try {
    await visitor.signIn("owner", password);
    await visitor.go("/users");
    for (const name of ["owner", "user-0", "user-59"])
      await page.getByRole("row", { name: new RegExp(`^${name}\\b`) }).waitFor();
    await page.evaluate(() => history.pushState(null, "", "/dashboard/orders/%zz"));
    await page.reload();
    await page.getByText("There is no such page").waitFor();
    expect(visitor.complaints).toEqual([]);
  } finally {
    await visitor.close();
  }
});
