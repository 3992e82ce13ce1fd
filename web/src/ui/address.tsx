import { countries, countryName } from "../text/countries";
import { SelectField, TextField, type Values } from "./form";

export interface Address {
  line1: string;
  line2?: string;
  city: string;
  region?: string;
  postal_code?: string;
  country: string;
}

/** An address as printed on a parcel. */
export function AddressLines({ address }: { address: Address }) {
  const place = [address.postal_code, address.city].filter(Boolean).join(" ");
  return (
    <address class="address">
      {[address.line1, address.line2, place, address.region, countryName(address.country)]
        .filter(Boolean)
        .map((line) => (
          <span key={line}>{line}</span>
        ))}
    </address>
  );
}

/** The same in one line. */
export const addressText = ({ line1, line2, postal_code, city, region, country }: Address) =>
  [line1, line2, [postal_code, city].filter(Boolean).join(" "), region, countryName(country)]
    .filter(Boolean)
    .join(", ");

/** The fields of an address; `at` is its pointer ("customer/shipping_address"). */
export function AddressFields({
  at,
  value,
  required = false,
}: {
  at: string;
  value?: Address | null | undefined;
  required?: boolean;
}) {
  return (
    <>
      <TextField
        name={`${at}/line1`}
        label="Street and number"
        value={value?.line1 ?? ""}
        maxLength={200}
        required={required}
      />
      <TextField name={`${at}/line2`} label="Second line" optional value={value?.line2 ?? ""} maxLength={200} />
      <div class="fields">
        <TextField name={`${at}/postal_code`} label="Postal code" value={value?.postal_code ?? ""} maxLength={20} />
        <TextField name={`${at}/city`} label="City" value={value?.city ?? ""} maxLength={100} required={required} />
      </div>
      <div class="fields">
        <TextField name={`${at}/region`} label="State or region" optional value={value?.region ?? ""} maxLength={100} />
        <SelectField
          name={`${at}/country`}
          label="Country"
          value={value?.country ?? ""}
          required={required}
          options={[["", "Choose…"], ...countries()]}
        />
      </div>
    </>
  );
}

export function addressOf(values: Values, at: string): Address {
  const field = (name: string) => (values[`${at}/${name}`] ?? "").trim();
  return {
    line1: field("line1"),
    line2: field("line2"),
    city: field("city"),
    region: field("region"),
    postal_code: field("postal_code"),
    country: field("country"),
  };
}
