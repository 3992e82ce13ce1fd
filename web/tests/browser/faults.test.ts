import { afterAll, beforeAll, expect, test } from "vitest";
import { startOrderd } from "../support/orderd.mjs";
import type { Api } from "./api";
import { Visitor } from "./browser";
import { type Demo, openDemo, password } from "./demo";

// Faults that were found in the dashboard, each under its number.

let demo: Demo;
let api: Api;
let owner: Visitor;
let sku: string;
let productId: number;

beforeAll(async () => {
  demo = await openDemo({ extra: ["--private-webhooks"] });
  ({ api, visitor: owner } = demo);
  const product = (await api.call("GET", "/admin/inventory?limit=100")).data.find(
    ({ available }: { available: number }) => available > 30,
  );
  ({ sku, id: productId } = product);
});
afterAll(() => demo?.close());

const dialog = (name: string) => owner.page.getByRole("dialog", { name });

test("D1: signing in again, the cursor is in the password, and no key goes into the name that is filled in", async () => {
  const { page } = owner;
  await owner.go("/orders");
  await owner.context.clearCookies();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Customers" }).click();
  const again = dialog("Sign in again");
  await again.waitFor();
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe("password");
  // Typed without looking, and wherever the cursor is, it is not to be read.
  await page.keyboard.type("secret one");
  await again.getByLabel("Username").click();
  await page.keyboard.type("secret two");
  expect(await again.getByLabel("Username").inputValue()).toBe("owner");
  await again.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
  await again.waitFor({ state: "detached" });
});

test("D2: three orders leave Undo and an error in sight, as one piece of news", async () => {
  const { page } = owner;
  await owner.go(`/inventory/${productId}`);
  await page.getByRole("button", { name: "Archive" }).click();
  const toasts = page.locator(".toasts");
  // No notice goes while someone points at it.
  await toasts.getByText("Off sale, and archived").hover();
  const other = (await api.call("GET", "/products?limit=50")).data.find(
    ({ available }: { available: number }) => available > 5,
  );
  for (let count = 0; count < 3; count++) await api.order([{ sku: other.sku, quantity: 1 }]);
  await toasts.getByText("3 new orders").waitFor();
  expect(await toasts.locator(".toast.news").count()).toBe(1);
  await owner.expectAccessible("notices");
  await toasts.getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await api.call("GET", `/admin/inventory/${productId}`)).status).toBe("active");
});

/** What a page changes, held up and then refused: it can be pressed without anything being done. */
interface Held {
  sent: string[];
  refusals: (() => void)[];
  /** How many answers it waits for now. */
  reads: number;
}

/** Has its next pages hold up what would change something. */
async function holdChanges({ page }: Visitor): Promise<void> {
  await page.addInitScript(() => {
    const held: Held = { sent: [], refusals: [], reads: 0 };
    Object.assign(window, { held });
    const { fetch } = window;
    window.fetch = async (address, options) => {
      const method = options?.method ?? "GET";
      if (method !== "GET") {
        held.sent.push(`${method} ${address}`);
        await new Promise<void>((refuse) => held.refusals.push(refuse));
        const body = JSON.stringify({ status: 503, code: "busy", title: "Busy", detail: "held" });
        return new Response(body, { status: 503, headers: { "Content-Type": "application/problem+json" } });
      }
      held.reads++;
      try {
        const answer = await fetch(address, options);
        const body = await answer.arrayBuffer();
        return new Response(body.byteLength > 0 ? body : null, answer);
      } finally {
        held.reads--;
      }
    };
    // It would leave the page that is looked at.
    history.back = () => {};
  });
}

test("D3: Start packing, pressed twice, packs once and says nothing red", async () => {
  const { page } = owner;
  const order = await api.paidOrder([{ sku, quantity: 1 }]);
  await owner.go(`/orders/${order.id}`);
  const puts: string[] = [];
  let answer = () => {};
  const pressed = new Promise<void>((done) => (answer = done));
  // The answer comes after both presses: until then nothing else can be where the button is.
  await page.route("**/admin/orders/*", async (route) => {
    if (route.request().method() === "PUT") {
      puts.push(route.request().url());
      await pressed;
    }
    await route.continue();
  });
  await page.getByRole("button", { name: "Start packing" }).dblclick();
  answer();
  await page.getByText("Packing began").waitFor();
  await page.locator(".toast.bad").waitFor({ state: "detached" });
  await page.unroute("**/admin/orders/*");
  expect(puts).toHaveLength(1);
});

test("D3: on every screen, a button that sends sends once however fast it is pressed, and is off meanwhile", async () => {
  const paid = await api.paidOrder([{ sku, quantity: 2 }]);
  const packed = await api.paidOrder([{ sku, quantity: 1 }]);
  await api.call("PUT", `/orders/${packed.id}/fulfillment`, {});
  await expect
    .poll(async () => (await api.call("GET", `/admin/orders/${packed.id}`)).shipments[0].status)
    .toBe("label_ready");
  const webhook = await api.call("POST", "/admin/webhooks", {
    url: "http://127.0.0.1:9/hook",
    description: "Books",
    events: ["*"],
  });
  await api.call("POST", "/admin/api-keys", { label: "Till", role: "staff" });
  const customer = (await api.call("GET", "/admin/customers?limit=1")).data[0];
  const visitor = await Visitor.open(demo.orderd.url);
  const { page } = visitor;
  let pressed = 0;
  try {
    await visitor.signIn("owner", password);
    await holdChanges(visitor);
    for (const path of [
      "/",
      `/orders/${paid.id}`,
      `/orders/${packed.id}`,
      `/inventory/${productId}`,
      "/inventory/new",
      "/jobs?status=dead",
      "/users",
      "/api-keys",
      "/webhooks",
      `/webhooks/${webhook.id}`,
      `/customers/${customer.id}`,
      "/settings",
      "/account",
    ]) {
      await visitor.go(path);
      const count = await page.locator("main button:visible, main .bulk button").count();
      for (let at = 0; at < count; at++) {
        if (at > 0) await visitor.go(path);
        const button = page.locator("main button:visible").nth(at);
        if ((await button.count()) === 0 || (await button.isDisabled())) continue;
        const label = ((await button.getAttribute("aria-label")) ?? (await button.textContent()) ?? "").trim();
        pressed += await pressTwice(button, `${label} on ${path}`);
        const confirm = page.locator("dialog[open]").last();
        if (await confirm.isVisible()) {
          await fillIn(confirm);
          const act = confirm.locator("form button[type=submit], footer button.primary").last();
          if ((await act.count()) > 0 && !(await act.isDisabled()))
            pressed += await pressTwice(act, `${label}, its dialog, on ${path}`);
        }
      }
    }
    expect(pressed, "buttons that sent").toBeGreaterThan(15);
  } finally {
    await visitor.close();
  }
});

/** Clicks twice in one turn, faster than anything is drawn. @returns 1 if it sent something */
async function pressTwice(button: ReturnType<Visitor["page"]["locator"]>, what: string): Promise<number> {
  const { sent, off } = await button.evaluate(async (node) => {
    const { held } = window as unknown as { held: Held };
    /** Waits until what was pressed, or refused, has had its effect: some acts read before they send. */
    const calm = async () => {
      for (let turns = 0; turns < 5; turns = held.reads > 0 ? 0 : turns + 1) {
        await new Promise((frame) => requestAnimationFrame(frame));
        await new Promise((wait) => setTimeout(wait, 10));
      }
    };
    held.sent = [];
    (node as HTMLElement).click();
    (node as HTMLElement).click();
    await calm();
    const found = { sent: [...held.sent], off: !node.isConnected || (node as HTMLButtonElement).disabled };
    for (const refuse of held.refusals.splice(0)) refuse();
    await calm();
    return found;
  });
  if (sent.length === 0) return 0;
  expect(sent, what).toHaveLength(1);
  expect(off, `${what} is off while it sends`).toBe(true);
  return 1;
}

/** Something in every field that is needed. */
async function fillIn(within: ReturnType<Visitor["page"]["locator"]>): Promise<void> {
  for (const field of await within.locator("input:not([type=checkbox], [type=radio], [type=file]), textarea").all()) {
    if (!(await field.isVisible()) || (await field.inputValue()) !== "" || !(await field.isEditable())) continue;
    const type = await field.getAttribute("type");
    await field.fill(
      type === "email"
        ? "a@example.com"
        : type === "url"
          ? "https://example.com"
          : type === "date"
            ? "2026-01-01"
            : "1",
    );
  }
}

test("D4: Escape and the cross ask before typed text goes, and bring it back where one wants it", async () => {
  const { page } = owner;
  const order = await api.paidOrder([{ sku, quantity: 1 }]);
  await owner.go(`/orders/${order.id}`);
  const open = () =>
    page
      .getByRole("region", { name: "Notes" })
      .getByRole("button", { name: /Add a note|Change/ })
      .click();
  const note = dialog("Staff note");
  const asked = dialog("Discard what you typed?");
  await open();
  await note.waitFor();
  await page.keyboard.press("Escape");
  await note.waitFor({ state: "detached" }); // nothing was typed: nothing is asked
  await open();
  await note.getByRole("textbox").fill("A long story");
  for (let times = 0; times < 4; times++) {
    await page.keyboard.press("Escape");
    if (times % 2 === 0) await asked.waitFor();
    else await asked.waitFor({ state: "detached" });
    expect(await page.locator("dialog[open]").count()).toBe(times % 2 === 0 ? 2 : 1);
  }
  expect(await note.getByRole("textbox").inputValue()).toBe("A long story");
  await note.getByRole("button", { name: "Close" }).click();
  await owner.expectAccessible("asked before text is discarded");
  await asked.getByRole("button", { name: "Keep editing" }).click();
  await asked.waitFor({ state: "detached" });
  expect(await note.getByRole("textbox").inputValue()).toBe("A long story");
  await page.keyboard.press("Escape");
  await asked.getByRole("button", { name: "Discard" }).click();
  await note.waitFor({ state: "detached" });
  expect((await api.call("GET", `/admin/orders/${order.id}`)).staff_note).toBe("");
  await open();
  await note.getByRole("textbox").fill("Saved");
  await note.getByRole("button", { name: "Save" }).click();
  await note.waitFor({ state: "detached" }); // what is saved is not asked for
  expect(await asked.count()).toBe(0);
});

test("D4: leaving the choice between two people's edits brings back what was typed", async () => {
  const { page } = owner;
  const order = await api.paidOrder([{ sku, quantity: 1 }]);
  await owner.go(`/orders/${order.id}`);
  await page.getByRole("region", { name: "Notes" }).getByRole("button", { name: "Add a note" }).click();
  const note = dialog("Staff note");
  await note.getByRole("textbox").fill("Mine, at length");
  await api.call("PUT", `/admin/orders/${order.id}`, { staff_note: "Theirs" });
  await note.getByRole("button", { name: "Save" }).click();
  await dialog("Someone saved before you").waitFor();
  await page.keyboard.press("Escape");
  await dialog("Someone saved before you").waitFor({ state: "detached" });
  expect(await note.getByRole("textbox").inputValue()).toBe("Mine, at length");
  await note.getByText("Nothing is saved yet").waitFor();
  await page.keyboard.press("Escape");
  await dialog("Discard what you typed?").getByRole("button", { name: "Discard" }).click();
});

test("D5: a wrong link is a page in the shop's name, at any width, and an unknown address of the dashboard is 404", async () => {
  for (const width of [360, 1280]) {
    const visitor = await Visitor.open(demo.orderd.url, { width });
    const { page } = visitor;
    try {
      for (const path of ["/receipt/1001-wrong", "/track/1001-wrong", "/a/b/c/d"]) {
        const answer = await page.goto(path);
        expect(answer!.status(), path).toBe(404);
        await page.getByRole("heading", { name: "Page not found" }).waitFor();
        expect(await page.locator("header .name").textContent()).toBe("Tide & Clay");
        // Its style was found: it is not a bare page.
        expect(await page.evaluate(() => getComputedStyle(document.querySelector("main")!).maxWidth), path).not.toBe(
          "none",
        );
        await visitor.expectFits(path);
        await visitor.expectAccessible(path);
      }
      expect((await page.goto("/dashboard/orders/1001/more/x"))!.status()).toBe(404);
      expect((await page.goto("/dashboard/no-such-screen"))!.status()).toBe(404);
      expect((await page.goto("/dashboard/orders/1001"))!.status()).toBe(200);
      expect((await page.goto("/dashboard/"))!.status()).toBe(200);
    } finally {
      await visitor.close();
    }
  }
});

test("D6: the documentation is clean by axe, wide and narrow, with its answers open", async () => {
  for (const width of [360, 1280]) {
    const visitor = await Visitor.open(demo.orderd.url, { width });
    const { page } = visitor;
    try {
      await page.goto("/docs");
      await page.evaluate(() => {
        for (const each of document.querySelectorAll("details")) each.open = true;
      });
      await page.waitForTimeout(200);
      await visitor.expectAccessible(`/docs at ${width}`);
      const out = await page.evaluate(
        () =>
          [...document.querySelectorAll<HTMLElement>("pre, .wide")]
            .filter((each) => each.scrollWidth > each.clientWidth)
            .filter(
              (each) =>
                each.tabIndex !== 0 || each.getAttribute("role") !== "region" || !each.getAttribute("aria-label"),
            ).length,
      );
      expect(out).toBe(0);
      await page.goto("/docs/guides/3-consume-webhooks");
      await visitor.expectAccessible(`a guide at ${width}`);
      await visitor.expectFits(`a guide at ${width}`);
    } finally {
      await visitor.close();
    }
  }
});

test("D7: of packed orders only what can be done is offered, with how many, and rows say whether they have a label", async () => {
  const { page } = owner;
  const fresh = await api.paidOrder([{ sku, quantity: 1 }], "Fresh Order");
  const begun = await api.paidOrder([{ sku, quantity: 1 }], "Begun Order");
  await api.call("PUT", `/admin/orders/${begun.id}`, { status: "processing" });
  const packed = await api.paidOrder([{ sku, quantity: 1 }], "Packed Order");
  await api.call("PUT", `/orders/${packed.id}/fulfillment`, {});
  await expect
    .poll(async () => (await api.call("GET", `/admin/orders/${packed.id}`)).shipments[0].status)
    .toBe("label_ready");
  await owner.go("/orders");
  const row = (id: number) =>
    page.locator("#content tbody tr").filter({ has: page.getByRole("link", { name: String(id), exact: true }) });
  await row(packed.id).getByText("label ready").waitFor();
  await row(begun.id).getByText("no label yet").waitFor();
  const bulk = page.getByRole("group", { name: "With the chosen rows" });
  const offered = async () => {
    const on: string[] = [];
    for (const button of await bulk.getByRole("button").all())
      if (!(await button.isDisabled())) on.push((await button.textContent())!);
    return on.filter((text) => text !== "Choose none");
  };
  await row(packed.id).getByRole("checkbox").check();
  expect(await offered()).toEqual(["Mark shipped", "Print labels"]);
  await row(begun.id).getByRole("checkbox").check();
  expect(await offered()).toEqual(["Fulfil (1)", "Mark shipped (1)", "Print labels (1)"]);
  await row(packed.id).getByRole("checkbox").uncheck();
  expect(await offered()).toEqual(["Fulfil"]);
  await row(fresh.id).getByRole("checkbox").check();
  expect(await offered()).toEqual(["Start packing (1)", "Fulfil"]);
  await owner.expectAccessible("orders that are chosen");
});

test("D8: what staff write is not on paper", async () => {
  const { page } = owner;
  const order = await api.paidOrder([{ sku, quantity: 1 }]);
  await api.call("PUT", `/admin/orders/${order.id}`, { staff_note: "Never again", note: "Please ring twice" });
  const payment = (await api.call("GET", `/admin/orders/${order.id}`)).payment.id;
  await api.call("POST", `/payments/${payment}/refunds`, { amount: 1, reason: "He complains a lot" });
  await owner.go(`/orders/${order.id}`);
  await page.getByText("Never again").first().waitFor();
  await page.getByText("He complains a lot").first().waitFor();
  await page.emulateMedia({ media: "print" });
  try {
    const paper = await page.evaluate(() => document.body.innerText);
    expect(paper).not.toContain("Never again");
    expect(paper).not.toContain("He complains a lot");
    expect(paper.toLowerCase()).not.toContain("among staff");
    expect(paper).toContain("Please ring twice");
    expect(paper).toContain(sku);
    // An order that only staff wrote to prints no empty part.
    await api.call("PUT", `/admin/orders/${order.id}`, { note: "" });
    await expect.poll(() => page.evaluate(() => document.body.innerText)).not.toContain("Notes");
  } finally {
    await page.emulateMedia({ media: "screen" });
  }
});

test("D11: Today lists what a new shop still needs, until it is done", async () => {
  const shop = await startOrderd("serve");
  const visitor = await Visitor.open(shop.url);
  const { page } = visitor;
  try {
    await page.goto(await shop.printed(/\/dashboard\/setup#\S+(?=\s)/));
    await page.getByLabel("Name", { exact: true }).fill("New shop");
    await page.getByLabel("Username").fill("owner");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByLabel("Password again").fill(password);
    await page.getByRole("button", { name: "Make the shop" }).click();
    await page.getByRole("button", { name: /sample products/ }).click();
    await page.waitForURL(/\/inventory/);
    await visitor.go("/");
    const list = page.getByRole("region", { name: "Before you sell" });
    await list.getByText("Bank transfers are not offered").waitFor();
    await list.getByText("Without rates, nothing is taxed.").waitFor();
    expect(await list.getByText("The first product").isVisible()).toBe(false); // it is there: folded away
    await visitor.expectAccessible("a new shop's checklist");
    await visitor.expectFits("a new shop's checklist");
    await list.getByRole("button", { name: /I have a copy/ }).click();
    await list.getByText("Without the file").waitFor({ state: "detached" });
    await list.getByRole("link", { name: "Bank details: set up" }).click();
    await page.getByRole("textbox", { name: /^Bank details/ }).fill("IBAN DE02");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Settings saved").waitFor();
    await visitor.go("/");
    await list.waitFor();
    expect(await list.getByText("Bank transfers are not offered").count()).toBe(0);
    expect(visitor.complaints).toEqual([]);
  } finally {
    await visitor.close();
    await shop.stop();
  }
});

test("S1: over a stock, +24 adds and -3 takes off; 1e3 and 1.000 are refused; what was done can be undone", async () => {
  const { page } = owner;
  await api.call("PUT", `/admin/inventory/${productId}`, { quantity: 65 });
  const { name } = await api.call("GET", `/admin/inventory/${productId}`);
  const onHand = async () => (await api.call("GET", `/admin/inventory/${productId}`)).on_hand;
  await owner.go(`/inventory?q=${encodeURIComponent(sku)}`);
  const cell = page.getByRole("button", { name: `On hand of ${name}` });
  const field = page.getByRole("textbox", { name: `On hand of ${name}` });
  const type = async (text: string) => {
    await cell.click();
    await field.fill(text);
    await field.press("Enter");
  };
  await cell.click();
  await page.getByText("+24 adds, -3 takes off").waitFor();
  await owner.expectAccessible("a stock that is being changed");
  await field.press("Escape");
  await type("+24");
  const toasts = page.locator(".toasts");
  await toasts.getByText(`On hand of ${name}: 65 → 89`).waitFor();
  expect(await onHand()).toBe(89);
  await toasts.getByRole("button", { name: "Undo" }).click();
  await expect.poll(onHand).toBe(65);
  await page.getByRole("button", { name: `On hand of ${name}: 65. Change` }).waitFor();
  await type("-3");
  await expect.poll(onHand).toBe(62);
  await page.getByRole("button", { name: `On hand of ${name}: 62. Change` }).waitFor();
  await type("70");
  await toasts.getByText(`On hand of ${name}: 62 → 70`).waitFor();
  await page.getByRole("button", { name: `On hand of ${name}: 70. Change` }).waitFor();
  for (const [text, why] of [
    ["1e3", "whole number"],
    ["1.000", "can be read in two ways"],
  ] as const) {
    await type(text);
    await page.getByRole("alert").filter({ hasText: why }).waitFor();
    expect(await onHand()).toBe(70);
    await field.press("Escape");
  }
  await type("1,000"); // as it is written in en-GB
  await expect.poll(onHand).toBe(1000);
  // Two people: what came since is not taken back with it.
  await toasts.getByText(`On hand of ${name}: 70 → 1000`).waitFor();
  await api.call("PUT", `/admin/inventory/${productId}`, { adjust: 5, reason: "received" });
  await toasts.locator(".toast", { hasText: "70 → 1000" }).getByRole("button", { name: "Undo" }).click();
  await toasts.getByText("was changed since. Nothing was undone.").waitFor();
  expect(await onHand()).toBe(1005);
});

test("every page tells that nothing can be stored just now, and what to do", async () => {
  const { page } = owner;
  const text = "The disk is full: make room on it, and the shop goes on automatically.";
  await page.route("**/admin/stats", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({
      response: answer,
      json: { ...(await answer.json()), storage_trouble: { kind: "no_space", text } },
    });
  });
  for (const path of ["/", "/account"]) {
    await owner.go(path);
    await page.getByRole("alert").filter({ hasText: text }).waitFor();
    await owner.expectAccessible(`storage trouble on ${path}`);
  }
  await page.unroute("**/admin/stats");
  await owner.go("/account");
  expect(await page.getByText(text).count()).toBe(0);
});

test("through all of it, the console was silent", () => {
  expect(owner.complaints).toEqual([]);
});
