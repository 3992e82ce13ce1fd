import { useState } from "preact/hooks";
import { useSession } from "../session";
import { moneyInput } from "../text/money";
import { percentInput, readPercent } from "../text/percent";
import {
  Checkbox,
  FieldFault,
  Form,
  integerOf,
  MoneyField,
  moneyOf,
  NumberField,
  SelectField,
  TextField,
  typedIn,
  type Values,
} from "../ui/form";
import { ProductChoice } from "./discount-products";
import { boundsOf, type Code, daysOf, kinds, type Rules } from "./discount-text";

type Kind = Rules["kind"];

const optional = (value: number | null | undefined) => (value ? String(value) : "");

function rulesFrom(values: Values, kind: Kind, products: number[], currency: string, before?: Code): Rules {
  const { first = "", last = "" } = values;
  if (first && last && last < first) throw new FieldFault("last", "It is before the first day.");
  const amount = (name: string) => (values[name]?.trim() ? moneyOf(values, name, currency) : 0);
  return {
    code: values.code!.trim(),
    kind,
    rate_ppm: kind === "percent" ? typedIn(values, "rate_ppm", (text) => readPercent(text)) : 0,
    amount: kind === "amount" ? amount("amount") : 0,
    minimum: amount("minimum"),
    most_uses: integerOf(values, "most_uses", { least: 1 }) ?? null,
    most_uses_of_one: integerOf(values, "most_uses_of_one", { least: 1 }) ?? null,
    products,
    active: values.active === "on",
    ...boundsOf(first, last, before),
  };
}

/** The fields of a new or existing code. */
export function DiscountForm({
  code,
  submit,
  cancel,
  onSubmit,
}: {
  code?: Code;
  submit: string;
  cancel: () => void;
  onSubmit: (rules: Rules) => Promise<void>;
}) {
  const { currency } = useSession().shop;
  const [kind, setKind] = useState<Kind>(code?.kind ?? "percent");
  const [products, setProducts] = useState(code?.products ?? []);
  const days = daysOf(code);
  return (
    <Form
      submit={submit}
      cancel={cancel}
      onSubmit={(values) => onSubmit(rulesFrom(values, kind, products, currency, code))}
    >
      <TextField
        name="code"
        label="Code"
        required
        value={code?.code ?? ""}
        maxLength={60}
        autoCapitalize="characters"
        hint="What customers type in, in any case."
      />
      <div class="fields">
        <SelectField
          name="kind"
          label="It takes off"
          value={kind}
          options={kinds}
          onChange={(value) => setKind(value as Kind)}
        />
        {kind === "percent" && (
          <TextField
            name="rate_ppm"
            label="Percent"
            short
            required
            inputMode="decimal"
            value={code?.rate_ppm ? percentInput(code.rate_ppm) : ""}
            hint="Of what the goods cost."
          />
        )}
        {kind === "amount" && (
          <MoneyField
            name="amount"
            label="Amount"
            required
            value={code?.amount ? moneyInput(code.amount, currency) : ""}
            hint="Off the goods; at most what they cost."
          />
        )}
      </div>
      <MoneyField
        name="minimum"
        label="The goods cost at least"
        optional
        value={code?.minimum ? moneyInput(code.minimum, currency) : ""}
        hint="Before any discount, and without delivery."
      />
      <div class="fields">
        <TextField name="first" label="First day" optional type="date" value={days.first} />
        <TextField name="last" label="Last day" optional type="date" value={days.last} />
      </div>
      <div class="fields">
        <NumberField
          name="most_uses"
          label="Uses in all"
          optional
          value={optional(code?.most_uses)}
          hint="Empty: any number."
        />
        <NumberField
          name="most_uses_of_one"
          label="Uses of one customer"
          optional
          value={optional(code?.most_uses_of_one)}
          hint="By account or e-mail address."
        />
      </div>
      <ProductChoice at="products" ids={products} onChange={setProducts} />
      <Checkbox name="active" label="Customers can use it" checked={code?.active ?? true} />
    </Form>
  );
}
