import { expect, test } from "vitest";
import { byteSize } from "../../src/text/size";

test("sizes are told in the unit that a person would take", () => {
  expect(byteSize(0)).toBe("0 kB");
  expect(byteSize(1499)).toBe("1 kB");
  expect(byteSize(999_499)).toBe("999 kB");
  expect(byteSize(999_500)).toBe("1 MB");
  expect(byteSize(4_240_000)).toBe("4.2 MB");
  expect(byteSize(42_400_000)).toBe("42 MB");
  expect(byteSize(3_300_000_000)).toBe("3.3 GB");
  expect(byteSize(2_000_000_000_000)).toBe("2 TB");
});
