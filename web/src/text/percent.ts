import { decimalSign, readNumber, Unreadable, unsigned } from "./number";

/** Rates are millionths: 190000 is 19 %. */
export const percentInput = (ppm: number, locale?: string) => String(ppm / 10_000).replace(".", decimalSign(locale));

/** "19", "8.875" or "8,875 %" as millionths, from 0 to 100 %. @throws Unreadable */
export function readPercent(text: string, locale?: string): number {
  const example = `19 or 8${decimalSign(locale)}875`;
  const ppm = unsigned(readNumber(text.replace(/[%٪\s]+$/, ""), { digits: 4, grouped: false, example, locale }));
  if (ppm < 0 || ppm > 1_000_000) throw new Unreadable("A rate is from 0 to 100 percent.");
  return ppm;
}
