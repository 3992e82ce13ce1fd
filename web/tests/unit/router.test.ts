import { expect, test } from "vitest";
import { match } from "../../src/router";

test("a pattern's names take the parts of the path", () => {
  expect(match("/orders/:id", "/orders/1001")).toEqual({ id: "1001" });
  expect(match("/", "/")).toEqual({});
  expect(match("/a/:b/c/:d", "/a/x%20y/c/2")).toEqual({ b: "x y", d: "2" });
});

test.each([
  ["/orders/:id", "/orders"],
  ["/orders", "/orders/1001"],
  ["/orders/:id", "/customers/1"],
  ["/orders/:id", "/orders/%zz"],
])("%s is not %s", (pattern, path) => expect(match(pattern, path)).toBeUndefined());
