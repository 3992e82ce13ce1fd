import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Api } from "./api";
import type { Visitor } from "./browser";
import { type Demo, openDemo } from "./demo";

// A program is told of orders: added, tried, changed by two at once, replayed, removed.

let demo: Demo;
let api: Api;
let owner: Visitor;
let server: Server;
let answer = 204;
const taken: { id: string; type: string }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (data) => (body += data));
    request.on("end", () => {
      if (answer < 300) taken.push({ id: String(request.headers["webhook-id"]), type: JSON.parse(body).type });
      response.writeHead(answer).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  demo = await openDemo({ extra: ["--private-webhooks"] });
  ({ api, visitor: owner } = demo);
});
afterAll(async () => {
  await demo?.close();
  server?.closeAllConnections();
  server?.close();
});
const address = () => `http://127.0.0.1:${(server.address() as { port: number }).port}/orders`;

test("a webhook is added, its secret is shown once, and a test arrives", async () => {
  const { page } = owner;
  await owner.go("/webhooks");
  await page.getByText("No webhooks yet").waitFor();
  await page.getByRole("button", { name: "Add a webhook" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Address").fill("not an address");
  await dialog.getByLabel("Which events").selectOption("some");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await dialog.getByText("Choose at least one kind of event.").waitFor();
  await dialog.getByLabel("An order is placed").check();
  await dialog.getByLabel("Others, by their names").fill("customer.*");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await dialog.getByText(/absolute https URL/).waitFor();
  await owner.expectAccessible("new webhook");
  await dialog.getByLabel("Address").fill(address());
  await dialog.getByLabel("What it is for").fill("The books");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  const secret = await dialog.locator(".secret code").textContent();
  expect(secret).toMatch(/^whsec_/);
  await owner.expectAccessible("a webhook's secret");
  await dialog.getByRole("button", { name: "I have it" }).click();

  await page.getByRole("heading", { name: "The books" }).waitFor();
  expect(await page.content()).not.toContain(secret!);
  await page.getByRole("button", { name: "Send a test" }).click();
  const row = page.getByRole("row", { name: /webhook\.test/ });
  await row.getByText("Delivered").waitFor();
  expect(taken.at(-1)!.type).toBe("webhook.test");
  await row.getByRole("button", { name: "webhook.test" }).click();
  await page.getByRole("dialog", { name: "webhook.test" }).getByText('"type": "webhook.test"').waitFor();
  await owner.expectAccessible("a delivery");
  await page.keyboard.press("Escape");
});

test("what was delivered is sent again, under its own id", async () => {
  const { page } = owner;
  const before = taken.length;
  await page.getByRole("button", { name: /^Send again: evt_\w+$/ }).click();
  await expect.poll(() => taken.length, { timeout: 30_000 }).toBe(before + 1);
  expect(taken.at(-1)!.id).toBe(taken.at(-2)!.id);
});

test("a delivery that is refused says why, and waits for its next try", async () => {
  const { page } = owner;
  answer = 500;
  await api.order([{ sku: (await api.call("GET", "/products?limit=1")).data[0].sku, quantity: 1 }]);
  await owner.go(page.url().replace(/^.*\/dashboard/, ""));
  const row = page.getByRole("row", { name: /order\.placed/ });
  await row.getByText("it answered 500").waitFor();
  await row.getByText("Waiting").waitFor();
  await owner.expectAccessible("a webhook's deliveries");
  // The narrowest that WCAG asks for (1.4.10, Reflow).
  await page.setViewportSize({ width: 320, height: 700 });
  await owner.expectFits("a webhook's deliveries");
  await page.setViewportSize({ width: 1280, height: 900 });
  answer = 204;
});

test("R2: an endpoint that does not answer is paused, shown among the jobs, and tried again at once", async () => {
  const { page } = owner;
  const webhook = (await api.call("GET", "/admin/webhooks")).data[0];
  const there = page.url().replace(/^.*\/dashboard/, "");
  const nobody = createServer();
  await new Promise<void>((listening) => nobody.listen(0, "127.0.0.1", listening));
  const { port } = nobody.address() as { port: number };
  await new Promise((closed) => nobody.close(closed));
  await api.call("PUT", `/admin/webhooks/${webhook.id}`, { url: `http://127.0.0.1:${port}/` });
  await api.order([{ sku: (await api.call("GET", "/products?limit=1")).data[0].sku, quantity: 1 }]);

  await owner.go("/jobs");
  const row = page
    .getByRole("table", { name: "Who does not answer" })
    .getByRole("row", { name: `Webhook ${webhook.id}` });
  await row.getByText("it was not reached").waitFor();
  await owner.expectAccessible("jobs, with an endpoint that is paused");
  await row.getByRole("button", { name: `Try now: Webhook ${webhook.id}` }).click();
  await page.getByText(`Webhook ${webhook.id} is tried now`).waitFor();

  await owner.go(there);
  await page.getByText("Paused", { exact: true }).waitFor();
  await page.getByText(/it was not reached; tried again/).waitFor();
  const before = taken.length;
  await api.call("PUT", `/admin/webhooks/${webhook.id}`, { url: address() });
  await expect.poll(() => taken.length, { timeout: 30_000 }).toBeGreaterThan(before);
  await owner.go(there);
  await page.getByText("On", { exact: true }).first().waitFor();
});

test("two people change one webhook: the second sees what changed, and chooses", async () => {
  const { page } = owner;
  const webhook = (await api.call("GET", "/admin/webhooks")).data[0];
  await page.getByRole("button", { name: "Edit…" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit the webhook" });
  await dialog.getByLabel("What it is for").fill("The new books");
  await dialog.getByLabel("An order is paid").check();
  await api.call("PUT", `/admin/webhooks/${webhook.id}`, { description: "The warehouse" });
  await dialog.getByRole("button", { name: "Save" }).click();
  const choice = page.getByRole("dialog", { name: "Someone saved before you" });
  await choice.getByText("The warehouse", { exact: true }).waitFor();
  await owner.expectAccessible("conflict of a webhook");
  await choice.getByRole("radio", { name: "Theirs" }).check();
  await choice.getByRole("button", { name: "Save like this" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("heading", { name: "The warehouse" }).waitFor();
  const now = await api.call("GET", `/admin/webhooks/${webhook.id}`);
  expect(now.description).toBe("The warehouse");
  expect(now.events).toContain("order.paid");
});

test("a webhook gets a new secret, is turned off and on, and is removed", async () => {
  const { page } = owner;
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "New secret…" }).click();
  await dialog.getByRole("button", { name: "Make a new secret" }).click();
  await dialog.locator(".secret code").waitFor();
  await dialog.getByRole("button", { name: "I have it" }).click();
  await page.getByRole("button", { name: "Turn off" }).click();
  await page.getByRole("button", { name: "Turn on" }).waitFor();
  expect(await page.getByRole("button", { name: "Send a test" }).count()).toBe(0);
  await page.getByRole("button", { name: "Turn on" }).click();
  await page.getByRole("button", { name: "Send a test" }).waitFor();
  await page.getByRole("button", { name: "Remove…" }).click();
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByText("No webhooks yet").waitFor();
  expect(owner.complaints).toEqual([]);
});
