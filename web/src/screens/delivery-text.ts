import type { Answer, Body } from "../api/client";
import { countryName } from "../text/countries";
import { money } from "../text/money";

export type Method = Answer<"/admin/delivery-methods/{id}", "get">;
export type Zone = Method["zones"][number];
export type NewMethod = Body<"/admin/delivery-methods", "post">;

export const kindWords: Record<Method["kind"], string> = {
  shipping: "Shipping",
  pickup: "Pickup",
  own_delivery: "Own delivery",
};

/** "2–3" as "2–3 days". */
export const daysText = (days: string) => (days === "1" ? "1 day" : `${days} days`);

const placeName = (country: string) => (country === "*" ? "everywhere else" : countryName(country));

/** A zone's places, the first few by name. */
function placesText({ places = [] }: Zone, most = 3): string {
  const names = places.map(({ country, region, postal_codes = [] }) => {
    const part = region || postal_codes.map((code) => `${code}…`).join(", ");
    return part ? `${placeName(country)} (${part})` : placeName(country);
  });
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** What a zone costs: "€4.90 to €16.90, free from €60.00". */
function priceText({ bands, free_from }: Zone, currency: string): string {
  if (bands.length === 0) return "not delivered there";
  const prices = bands.map(({ price }) => price);
  const [least, most] = [Math.min(...prices), Math.max(...prices)];
  const span = least === most ? money(least, currency) : `${money(least, currency)} to ${money(most, currency)}`;
  const free = free_from === null || free_from === undefined ? "" : `, free from ${money(free_from, currency)}`;
  return `${most === 0 ? "free" : span}${free}`;
}

/** Where a method goes, and what it costs there, a line for each zone. */
export function zonesText(method: Pick<Method, "kind" | "zones">, currency: string): string[] {
  if (method.kind === "pickup") return [method.zones[0] ? priceText(method.zones[0], currency) : "free"];
  return method.zones.map((zone) => `${placesText(zone)}: ${priceText(zone, currency)}`);
}
