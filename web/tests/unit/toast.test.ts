import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { dismiss, notify, shownToasts } from "../../src/ui/toast";

const texts = () => shownToasts().map(({ text }) => text);
const news = (id: number) =>
  notify(`New order ${id}`, {
    kind: "news",
    action: { label: "Open", run: () => {} },
    together: (count) => ({ text: `${count} new orders` }),
  });
const undo = (text: string) => notify(text, { action: { label: "Undo", run: () => {} } });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const { id } of shownToasts()) dismiss(id);
  vi.useRealTimers();
});

describe("D2: what is told does not push out what can still be undone, or what went wrong", () => {
  test("three orders after an archived product are one piece of news, and Undo stays", () => {
    undo("Off sale, and archived");
    notify("It did not work", { kind: "bad" });
    for (const id of [1001, 1002, 1003]) news(id);
    expect(texts()).toEqual(["Off sale, and archived", "It did not work", "3 new orders"]);
    expect(shownToasts()[0]!.action?.label).toBe("Undo");
  });
  test("however many orders come, and things are done, neither goes", () => {
    undo("Off sale, and archived");
    notify("It did not work", { kind: "bad" });
    for (let count = 0; count < 50; count++) {
      news(count);
      notify(`Saved ${count}`);
    }
    expect(texts()).toEqual(expect.arrayContaining(["Off sale, and archived", "It did not work", "50 new orders"]));
    expect(shownToasts().length).toBeLessThanOrEqual(6);
  });
  test("news begin to count anew once they were seen", () => {
    news(1);
    news(2);
    dismiss(shownToasts()[0]!.id);
    news(3);
    expect(texts()).toEqual(["New order 3"]);
  });
  test("errors stay until they are dismissed; the same one again is counted", () => {
    notify("The first", { kind: "bad" });
    notify("The second", { kind: "bad" });
    notify("The first", { kind: "bad" });
    vi.advanceTimersByTime(24 * 3_600_000);
    expect(shownToasts().map(({ text, count }) => [text, count])).toEqual([
      ["The second", 1],
      ["The first", 2],
    ]);
    dismiss(shownToasts()[0]!.id);
    expect(texts()).toEqual(["The first"]);
  });
  test("Undo can be pressed for longer than a plain notice is read", () => {
    undo("Archived");
    notify("Saved");
    vi.advanceTimersByTime(10_000);
    expect(texts()).toEqual(["Archived"]);
    vi.advanceTimersByTime(20_000);
    expect(texts()).toEqual([]);
  });
});
