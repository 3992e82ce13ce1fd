/** Rates are millionths: 190000 is 19 %. */
export const percentInput = (ppm: number) => String(ppm / 10_000);

/** "19", "8.875" or "8,875" as millionths; undefined where it is none from 0 to 100. */
export function parsePercent(text: string): number | undefined {
  const compact = text.replace(/[\s%]/g, "").replace(",", ".");
  if (!/^\d{1,3}(\.\d{1,4})?$/.test(compact)) return undefined;
  const ppm = Math.round(Number(compact) * 10_000);
  return ppm <= 1_000_000 ? ppm : undefined;
}
