import { expect, test } from "vitest";
import { merge } from "../../src/ui/conflict";

const was = { name: "Mug", price: 1250, note: "", version: 1 };

test("what only I changed goes out again on top of theirs", () => {
  const result = merge(was, { ...was, price: 1300, version: 2 }, { name: "Big mug" });
  expect(result.edit).toEqual({ name: "Big mug" });
  expect(result.clashes).toEqual([]);
  expect(result.changed).toEqual([{ field: "price", was: 1250, theirs: 1300, mine: undefined }]);
});

test("what both changed is a choice, and is not sent automatically", () => {
  const result = merge(was, { ...was, price: 1300, version: 2 }, { price: 1100, note: "sale" });
  expect(result.edit).toEqual({ note: "sale" });
  expect(result.clashes).toEqual([{ field: "price", was: 1250, theirs: 1300, mine: 1100 }]);
});

test("where both came to the same there is nothing to choose", () => {
  const result = merge(was, { ...was, price: 1300, version: 2 }, { price: 1300 });
  expect(result.edit).toEqual({});
  expect(result.clashes).toEqual([]);
});

test("a field of the form that I left as it was is not my change", () => {
  const result = merge(was, { ...was, price: 1300, version: 2 }, { price: 1250, name: "Cup" });
  expect(result.edit).toEqual({ name: "Cup" });
  expect(result.clashes).toEqual([]);
});

test("nested values are compared whole", () => {
  const before = { address: { line1: "A", city: "B" }, version: 1 };
  const result = merge(
    before,
    { address: { line1: "A", city: "C" }, version: 2 },
    { address: { line1: "X", city: "B" } },
  );
  expect(result.clashes).toHaveLength(1);
});

test("an address is the same whatever the order of its lines, and with its empty ones left out", () => {
  const address = { line1: "A", line2: "", city: "B", country: "DE" };
  const result = merge(
    { address, version: 1 },
    { address: { country: "DE", city: "B", line1: "A" } as typeof address, version: 2 },
    { address: { ...address, city: "X" } },
  );
  expect(result.clashes).toEqual([]);
  expect(result.edit).toEqual({ address: { ...address, city: "X" } });
});
