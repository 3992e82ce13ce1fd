const units = ["kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** "4.2 GB" in the reader's language. */
export function byteSize(bytes: number): string {
  let size = bytes / 1000;
  let unit = 0;
  while (Math.abs(size) >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  const digits = Math.abs(size) < 9.95 && unit > 0 ? 1 : 0;
  return new Intl.NumberFormat(undefined, {
    style: "unit",
    unit: units[unit]!,
    maximumFractionDigits: digits,
  }).format(size);
}
