const names = new Intl.DisplayNames(undefined, { type: "currency" });

/** Code and name of the currencies in use, the most common first. */
export function currencies(): (readonly [string, string])[] {
  const common = ["EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD", "NZD", "JPY"];
  const all = Intl.supportedValuesOf("currency").filter((code) => !common.includes(code));
  return [...common, ...all].map((code) => [code, `${code} – ${names.of(code) ?? code}`] as const);
}
