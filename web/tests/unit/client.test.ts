import { webcrypto } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { newKey, post, put } from "../../src/api/client";

beforeEach(() => vi.stubGlobal("crypto", webcrypto)); // Node 18 has no global one, as browsers do
afterEach(() => vi.unstubAllGlobals());

/** A server that answers when it is told to. */
function slowServer() {
  const asked: { method: string; address: string; body: unknown }[] = [];
  const waiting: (() => void)[] = [];
  vi.stubGlobal("fetch", (address: string, { method, body }: RequestInit) => {
    asked.push({ method: method!, address, body });
    return new Promise((resolve) =>
      waiting.push(() => resolve(new Response(JSON.stringify({ id: asked.length }), { status: 200 }))),
    );
  });
  return {
    asked,
    answer: () => {
      for (const each of waiting.splice(0)) each();
    },
  };
}

test("D3: the same change twice while it is under way is one request, whatever its key, and both callers get its answer", async () => {
  const server = slowServer();
  const pay = () =>
    post("/payments", [], {
      body: { order_id: 1001, method: { type: "bank_transfer" } } as never,
      idempotencyKey: newKey(),
    });
  const both = [pay(), pay()];
  expect(server.asked).toHaveLength(1);
  server.answer();
  expect(await Promise.all(both)).toEqual([{ id: 1 }, { id: 1 }]);
  void pay();
  expect(server.asked).toHaveLength(2); // once more is once more
  server.answer();
});

test("D3: changes that differ in what, where or on which version are each sent", () => {
  const server = slowServer();
  const change = (id: number, quantity: number, version: number) =>
    void put("/admin/inventory/{id}", [id], { body: { quantity }, version });
  change(1, 5, 1);
  change(1, 6, 1);
  change(2, 5, 1);
  change(1, 5, 2);
  expect(server.asked).toHaveLength(4);
  server.answer();
});

test("D3: after a failure the same change can be tried again", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
  const save = () => put("/admin/inventory/{id}", [1], { body: { quantity: 1 }, version: 1 });
  await expect(save()).rejects.toThrow("cannot be reached");
  await expect(save()).rejects.toThrow("cannot be reached");
});
