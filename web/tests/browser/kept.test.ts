import { afterAll, beforeAll, expect, test } from "vitest";
import type { Api } from "./api";
import type { Visitor } from "./browser";
import { type Demo, openDemo } from "./demo";

// What a shop keeps, and how full its disk is.

let demo: Demo;
let api: Api;
let owner: Visitor;

beforeAll(async () => {
  demo = await openDemo();
  ({ api, visitor: owner } = demo);
});
afterAll(() => demo?.close());

test("the owner sets how long the logs are kept, and a term that is too short is refused beside its field", async () => {
  const { page } = owner;
  await owner.go("/settings");
  const part = page.getByRole("region", { name: "What is kept" });
  await part.getByLabel("Events are kept for").fill("100");
  await page.getByRole("button", { name: "Save" }).click();
  await part.locator(".fault", { hasText: "180" }).waitFor();
  expect((await api.call("GET", "/admin/settings")).log_terms).toEqual({ events_days: null, audit_days: 1095 });
  await part.getByLabel("Events are kept for").fill("400");
  await part.getByLabel("The audit log is kept for").fill("");
  await owner.expectAccessible("what is kept");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Settings saved").waitFor();
  expect((await api.call("GET", "/admin/settings")).log_terms).toEqual({ events_days: 400, audit_days: null });
});

test("Today says when the disk will be full, only where that is soon", async () => {
  const { page } = owner;
  await owner.go("/");
  await page.getByText("to pack").first().waitFor();
  expect(await page.getByText("The disk is full around").count()).toBe(0);
  const full_at = new Date(Date.now() + 30 * 86_400_000).toISOString();
  await page.route("**/admin/stats", async (route) => {
    const answer = await route.fetch();
    const stats = await answer.json();
    const database = {
      bytes: 3_300_000_000,
      week_bytes: 210_000_000,
      disk_free_bytes: 900_000_000,
      full_at,
      is_short: true,
    };
    await route.fulfill({ response: answer, json: { ...stats, database } });
  });
  await page.reload();
  const told = page.getByRole("alert").filter({ hasText: "The disk is full around" });
  await told.waitFor();
  expect(await told.textContent()).toContain("it takes 3.3 GB now, 210 MB more each week, and 900 MB are free");
  await owner.expectAccessible("a disk that is full soon");
  await page.unroute("**/admin/stats");
});
