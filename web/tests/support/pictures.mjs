// Takes the README's pictures of a demo shop: `npm run pictures`, or `npm run pictures -- FOLDER WIDTH…` for looking at
// every screen at those widths, light and dark.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { startOrderd } from "./orderd.mjs";

const password = "a password of pictures";
const [folder = fileURLToPath(new URL("../../pictures", import.meta.url)), ...widths] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const orderd = await startOrderd("demo", ["--password", password]);

/** Reads the API as the owner. */
let token = "";
token = (await (await ask("POST", "/auth/login", { username: "owner", password })).json()).access_token;
function ask(method, path, body) {
  return fetch(orderd.url + path, {
    method,
    headers: {
      ...(body && { "Content-Type": "application/json" }),
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
}

/** An order with something in each part of its page: paid, one parcel under way, one to be packed, a bit given back. */
async function livelyOrder() {
  const call = async (...request) => (await ask(...request)).json();
  const { data: products } = await call("GET", "/admin/inventory?limit=20");
  const [one, two] = products.filter((product) => product.available > 4);
  const order = await call("POST", "/orders", {
    customer: {
      name: "Ada Lovelace",
      email: "ada@example.com",
      phone: "+49 30 5550100",
      shipping_address: {
        line1: "Musterweg 1",
        line2: "",
        city: "Berlin",
        region: "",
        postal_code: "10115",
        country: "DE",
      },
    },
    items: [
      { product_id: one.id, quantity: 2 },
      { product_id: two.id, quantity: 1 },
    ],
    note: "Please ring twice.",
  });
  const card = { type: "card", number: "4242424242424242", exp_month: 12, exp_year: 2035, cvc: "123" };
  const payment = await call("POST", "/payments", { order_id: order.id, method: card });
  const items = [{ item_id: order.items[0].id, quantity: 2 }];
  await call("PUT", `/orders/${order.id}/fulfillment`, { items });
  await call("PUT", `/orders/${order.id}/fulfillment`, { status: "shipped" });
  await call("POST", `/payments/${payment.id}/refunds`, { amount: 500, reason: "Late, with our apologies" });
  await call("PUT", `/orders/${order.id}/fulfillment`, {});
  return order;
}

const order = await livelyOrder();

async function take(width, height, colorScheme, pictures) {
  const profile = mkdtempSync(join(tmpdir(), "orderd-pictures-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"],
    viewport: { width, height },
    colorScheme,
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    env: { ...process.env, HOME: profile },
  });
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${orderd.url}/dashboard/`);
  await page.getByLabel("Username").fill("owner");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator("nav.side").waitFor({ state: "attached" });
  for (const { path, name, act, fullPage } of pictures) {
    await page.goto(`${orderd.url}/dashboard${path}`);
    await page.locator("h1").first().waitFor();
    await page.waitForFunction(() => !document.querySelector(".loading, [aria-busy=true]"));
    await page.evaluate(() => document.fonts.ready);
    await act?.(page);
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: fullPage ?? false });
  }
  await context.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

const screens = [
  ["/", "today"],
  ["/orders", "orders"],
  [`/orders/${order.id}`, "order"],
  ["/payments", "payments"],
  ["/api-keys", "api-keys"],
  ["/settings", "settings"],
];

try {
  if (widths.length === 0) {
    await take(1280, 800, "light", [
      { path: "/", name: "today" },
      { path: `/orders/${order.id}`, name: "order" },
    ]);
    await take(1280, 800, "dark", [{ path: "/inventory", name: "inventory-dark" }]);
    await take(390, 844, "light", [{ path: "/orders", name: "orders-phone" }]);
  }
  for (const width of widths.map(Number)) {
    for (const colorScheme of ["light", "dark"]) {
      await take(width, width < 500 ? 780 : 900, colorScheme, [
        ...screens.map(([path, name]) => ({ path, name: `${name}-${width}-${colorScheme}`, fullPage: true })),
      ]);
    }
  }
} finally {
  await orderd.stop();
}
