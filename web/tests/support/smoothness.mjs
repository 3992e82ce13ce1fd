// Measures how a list of 200 rows feels: `npm run smoothness`. For each act, the longest task of the page's main thread
// (a person sees nothing of one under 50 ms), how many were longer than that, and the longest time between two frames.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { startOrderd } from "./orderd.mjs";

const password = "a password of measurements";
const orderd = await startOrderd("demo", ["--password", password]);
const profile = mkdtempSync(join(tmpdir(), "orderd-smoothness-"));

async function fill() {
  const { data } = await (await fetch(`${orderd.url}/products?limit=10`)).json();
  const product = data.find(({ available }) => available > 2);
  const signedIn = await fetch(`${orderd.url}/auth/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username: "owner", password }),
  });
  const { access_token } = await signedIn.json();
  await fetch(`${orderd.url}/admin/inventory/${product.id}`, {
    method: "PUT",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${access_token}` },
    body: JSON.stringify({ quantity: 1000 }),
  });
  for (let at = 0; at < 260; at++) {
    const placed = await fetch(`${orderd.url}/orders`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        customer: {
          name: `Ada Lovelace ${at}`,
          email: `ada${at}@example.com`,
          shipping_address: { line1: "Musterweg 1", city: "Berlin", postal_code: "10115", country: "DE" },
        },
        items: [{ product_id: product.id, quantity: 1 }],
      }),
    });
    if (!placed.ok) throw new Error(await placed.text());
  }
}

const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  viewport: { width: 1280, height: 900 },
  env: { ...process.env, HOME: profile },
});

try {
  await fill();
  const page = context.pages()[0] ?? (await context.newPage());
  await page.addInitScript(() => {
    const seen = { tasks: [], frames: [] };
    window.smoothness = seen;
    new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "longtask",
    });
    let before = performance.now();
    const frame = (now) => {
      seen.frames.push(now - before);
      before = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await page.goto(`${orderd.url}/dashboard/`);
  await page.getByLabel("Username").fill("owner");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator("nav.side").waitFor({ state: "attached" });
  await page.goto(`${orderd.url}/dashboard/orders`);
  const rows = page.locator("main tbody tr");
  const settled = () => page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
  await rows.nth(199).waitFor();
  await settled();

  console.log(
    `${"act".padEnd(34)}${"longest task".padStart(14)}${"over 50 ms".padStart(12)}${"longest frame".padStart(15)}`,
  );
  const measure = async (name, act) => {
    await page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
    await page.evaluate(() => {
      window.smoothness.tasks.length = 0;
      window.smoothness.frames.length = 0;
    });
    await act();
    await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
    const { tasks, frames } = await page.evaluate(() => window.smoothness);
    const longest = tasks.length ? `${Math.round(Math.max(...tasks))} ms` : "under 50 ms";
    console.log(
      `${name.padEnd(34)}${longest.padStart(14)}${String(tasks.length).padStart(12)}${`${Math.round(Math.max(...frames))} ms`.padStart(15)}`,
    );
  };

  await measure("nothing (what the machine does)", async () => {});
  await measure("scroll through 200 rows", async () => {
    for (let at = 0; at < 40; at++) {
      await page.mouse.wheel(0, 300);
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
  });
  await page.evaluate(() => scrollTo(0, 0));
  await measure("choose a row", () =>
    page
      .getByRole("checkbox", { name: /^Choose \d+/ })
      .first()
      .click(),
  );
  await measure("choose all 200", () => page.getByRole("checkbox", { name: "Choose all rows" }).click());
  await page.getByRole("button", { name: "Choose none" }).click();
  await measure("step through 20 rows by j", async () => {
    for (let at = 0; at < 20; at++) await page.keyboard.press("j");
  });
  const search = page.getByRole("searchbox");
  await measure("type into the search", () => search.pressSequentially("lovelace", { delay: 60 }));
  await rows.nth(199).waitFor();
  await settled();
  await measure("clear it: 200 rows anew", async () => {
    await search.fill("");
    await page.waitForURL((url) => !url.search);
    await settled();
  });
  await measure("filter to 200 others", async () => {
    await page.getByRole("navigation", { name: "Status" }).getByRole("link", { name: "Unpaid" }).click();
    await settled();
  });
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  await orderd.stop();
}
