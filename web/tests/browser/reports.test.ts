import { afterAll, beforeAll, expect, test } from "vitest";
import type { Api } from "./api";
import { Visitor } from "./browser";
import { type Demo, openDemo, password } from "./demo";

// The books: reports by month, how they are exported, and payments that are looked for.

let demo: Demo;
let api: Api;
let visitor: Visitor;
const reference = "RF18 5390 0754, Lovelace";
let transfer: { id: number };
let order: { id: number; total: number };

beforeAll(async () => {
  demo = await openDemo();
  ({ api, visitor } = demo);
  const { sku } = (await api.call("GET", "/products?limit=50")).data.find(
    ({ available }: { available: number }) => available > 5,
  );
  order = await api.order([{ sku, quantity: 2 }], "Grace Brewster Hopper");
  transfer = await api.call("POST", "/payments", { order_id: order.id, method: { type: "bank_transfer" } });
  await api.call("POST", `/payments/${transfer.id}/capture`, { reference });
  await api.call("POST", `/payments/${transfer.id}/refunds`, { amount: 100, reason: "a chip; and a scratch" });
  const owed = await api.order([{ sku, quantity: 1 }], "Ada Lovelace");
  await api.call("POST", "/payments", { order_id: owed.id, method: { type: "cash_on_delivery" } });
});
afterAll(() => demo?.close());

/** The cells of a CSV file that has commas. */
const recordsOf = (text: string): string[][] =>
  text
    .trim()
    .split("\r\n")
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
        quoted === undefined ? plain! : quoted.replaceAll('""', '"'),
      ),
    );

/** What the table shows, with days and amounts written as in the CSV. */
const tableOf = (year: string) =>
  visitor.page.evaluate((year) => {
    const plain = (text: string) => {
      const day = /^\w{3},? (\d{1,2}) (\w{3,4})$/.exec(text);
      if (day) {
        const at = new Date(`${day[1]} ${day[2]!.slice(0, 3)} ${year} 12:00 UTC`);
        return at.toISOString().slice(0, 10);
      }
      return /^-?€[\d,]+\.\d\d$/.test(text) ? text.replace(/[€,]/g, "") : text;
    };
    return [...document.querySelectorAll("main table tr")].map((row) =>
      [...row.querySelectorAll<HTMLElement>("th, td")].map((cell) => plain(cell.innerText.trim())),
    );
  }, year);

const exported = async () => {
  const address = await visitor.page.getByRole("link", { name: "Export" }).getAttribute("href");
  return visitor.page.evaluate(async (from) => (await fetch(from!)).text(), address);
};

test.each([
  ["", "Takings"],
  ["tax", "Tax"],
  ["sales", "Sales by product"],
  ["open-payments", "Open payments"],
  ["refunds-to-send", "Refunds to send"],
])("what the report '%s' shows is what its export has", async (report, title) => {
  await visitor.go(`/reports${report && `?report=${report}`}`);
  const heading = visitor.page.getByRole("heading", { level: 2 });
  expect(await heading.textContent()).toContain(title);
  const year = /\d{4}/.exec((await heading.textContent())!)![0];
  const shown = await tableOf(year);
  expect(shown.length).toBeGreaterThan(2);
  expect(shown).toEqual(recordsOf(await exported()));
  await visitor.expectAccessible(`/reports?report=${report}`);
});

test("the takings of a month are those that Today's chart has of its days", async () => {
  const report = await api.call("GET", "/admin/reports/takings");
  const days = (await api.call("GET", "/admin/stats/sales?days=31")).days as { date: string; takings: number }[];
  const ofMonth = days.filter(({ date }) => date.startsWith(report.month));
  expect(ofMonth.reduce((sum, { takings }) => sum + takings, 0)).toBe(report.sums.at(-1).net);
  expect(report.sums.at(-1).net).toBeGreaterThan(0);
});

test("months are gone through by keyboard, and an empty one says so", async () => {
  const { page } = visitor;
  await visitor.go("/");
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  await page.getByRole("heading", { name: "Reports" }).waitFor();
  const month = page.getByRole("combobox", { name: "Month" });
  const present = await month.inputValue();
  expect(await page.getByRole("button", { name: /^After/ }).isDisabled()).toBe(true);
  await month.focus();
  await page.keyboard.press("End");
  await page.getByText(/^No money came in or went back in/).waitFor();
  expect(new URL(page.url()).searchParams.get("month")).not.toBe(present);
  await page.getByRole("link", { name: "Sales by product" }).click();
  await page.getByText(/^Nothing was sold in/).waitFor();
  await page.goBack();
  await page.goBack();
  await page.getByRole("table").waitFor();
  expect(await month.inputValue()).toBe(present);
});

test("on paper there is the report with its month, and nothing to press", async () => {
  const { page } = visitor;
  await visitor.go("/reports?report=open-payments");
  await page.emulateMedia({ media: "print" });
  try {
    expect(await page.getByRole("heading", { level: 2 }).isVisible()).toBe(true);
    expect(await page.getByRole("cell", { name: "Ada Lovelace" }).first().isVisible()).toBe(true);
    for (const hidden of [
      page.getByRole("link", { name: "Export" }),
      page.getByRole("combobox", { name: "Month" }),
      page.getByRole("navigation", { name: "Report" }),
    ])
      expect(await hidden.isVisible()).toBe(false);
  } finally {
    await page.emulateMedia({ media: null });
  }
});

test("how CSV files are written is chosen once, for all exports of a browser", async () => {
  const { page } = visitor;
  await visitor.go("/reports?report=refunds-to-send");
  await page.getByRole("button", { name: "CSV…" }).click();
  const dialog = page.getByRole("dialog", { name: "How CSV files are written" });
  await visitor.expectAccessible("the dialog of CSV files");
  await dialog.getByLabel("Between the fields").selectOption(";");
  await dialog.getByLabel(/byte order mark/).check();
  await dialog.getByRole("button", { name: "Use from now on" }).click();
  await dialog.waitFor({ state: "detached" });
  const file = await exported();
  expect(file).toContain('"a chip; and a scratch";1,00');
  await visitor.go("/orders");
  expect(await page.getByRole("link", { name: "Export" }).getAttribute("href")).toBe(
    "/admin/orders/export?separator=%3B&bom=true",
  );
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export" }).click();
  expect((await download).suggestedFilename()).toBe("orders.csv");
  await page.getByRole("button", { name: "CSV…" }).click();
  await dialog.getByLabel("Between the fields").selectOption(",");
  await dialog.getByLabel(/byte order mark/).uncheck();
  await dialog.getByRole("button", { name: "Use from now on" }).click();
  expect(await page.getByRole("link", { name: "Export" }).getAttribute("href")).toBe("/admin/orders/export");
});

test("a payment is found by its order, amount, reference and customer, with what all that is found comes to", async () => {
  const { page } = visitor;
  await visitor.go("/payments");
  const search = page.getByRole("searchbox", { name: "Order, amount, reference or name" });
  const amount = (order.total / 100).toFixed(2);
  for (const text of [String(order.id), amount, amount.replace(".", ","), "rf18 0754", "brewster hopper"]) {
    await search.fill(text);
    await search.press("Enter");
    await page.waitForURL(/q=/);
    await page.getByRole("cell", { name: "Grace Brewster Hopper" }).first().waitFor();
    await visitor.settled();
  }
  const totals = page.locator("dl.totals");
  // They are read apart from the list.
  await expect.poll(() => totals.innerText()).toMatch(/Payments\s+1\s+Amount/);
  expect(await totals.innerText()).toContain(`€${amount}`);
  await visitor.expectAccessible("/payments?q=");
  await search.fill("nobody at all");
  await search.press("Enter");
  await page.getByText("Nothing matches these filters").waitFor();
  await totals.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Show all" }).click();
  await totals.waitFor();
  const { count } = await api.call("GET", "/admin/payments/totals");
  await expect.poll(() => totals.innerText()).toContain(String(count));
});

test("reports and payments are usable on a small screen", async () => {
  const narrow = await Visitor.open(demo.orderd.url, { width: 360, height: 740 });
  try {
    await narrow.signIn("owner", password);
    for (const path of [
      "/reports",
      "/reports?report=tax",
      "/reports?report=sales",
      "/reports?report=open-payments",
      "/reports?report=refunds-to-send",
      "/payments?q=hopper",
    ]) {
      await narrow.go(path);
      await narrow.expectFits(path);
      await narrow.expectAccessible(path);
    }
    expect(await narrow.page.getByText("Grace Brewster Hopper").first().isVisible()).toBe(true);
    expect(narrow.complaints).toEqual([]);
  } finally {
    await narrow.close();
  }
});
