import { useState } from "preact/hooks";
import { newKey, post } from "../api/client";
import { go } from "../router";
import { useSession } from "../session";
import { Form, integerOf, MoneyField, moneyOf, NumberField, requiredInteger, TextArea, TextField } from "../ui/form";
import { Page } from "../ui/page";
import { notify } from "../ui/toast";
import { combinationsOf, type OptionDraft, OptionFields, optionsOf } from "./group-options";

/** The most that a group may have. */
const mostVariants = 250;

export default function NewGroup() {
  const { currency } = useSession().shop;
  const [key] = useState(newKey);
  const [drafts, setDrafts] = useState<OptionDraft[]>([{ name: "Size", values: [] }]);
  const count = combinationsOf(drafts);
  return (
    <Page title="Add a product with options" back={{ to: "/inventory/groups", label: "Products with options" }}>
      <div class="panel narrow">
        <Form
          submit={count === 0 ? "Add" : count === 1 ? "Add with 1 variant" : `Add with ${count} variants`}
          disabled={count > mostVariants}
          cancel={() => history.back()}
          onSubmit={async (values) => {
            const group = await post("/admin/product-groups", [], {
              body: {
                name: values.name!.trim(),
                handle: values.handle!.trim(),
                description: values.description!,
                options: optionsOf(drafts),
                generate: {
                  price: moneyOf(values, "generate/price", currency),
                  quantity: requiredInteger(values, "generate/quantity"),
                  low_stock_threshold: integerOf(values, "generate/low_stock_threshold") ?? null,
                },
              },
              idempotencyKey: key,
            });
            notify(`${group.name} is there, with ${group.variant_count} variants`);
            go(`/inventory/groups/${group.id}`, { replace: true });
          }}
        >
          <TextField name="name" label="Name" value="" maxLength={200} required hint="Without size or colour: Shirt." />
          <TextField
            name="handle"
            label="Handle"
            value=""
            maxLength={100}
            optional
            hint="In the address of its page. Empty: made of the name."
          />
          <TextArea name="description" label="Description" optional value="" rows={4} maxLength={20_000} />
          <OptionFields drafts={drafts} onChange={setDrafts} />
          {count > mostVariants && (
            <p class="fault" role="alert">
              {count} combinations are too many: a product has {mostVariants} variants at most.
            </p>
          )}
          <div class="fields">
            <MoneyField
              name="generate/price"
              label="Price"
              required
              value=""
              hint="Of each; you can change some later."
            />
            <NumberField name="generate/quantity" label="On hand" unit="units" required value="0" hint="Of each." />
            <NumberField
              name="generate/low_stock_threshold"
              label="Warn at"
              unit="available"
              optional
              value=""
              hint="Empty: never."
            />
          </div>
        </Form>
      </div>
    </Page>
  );
}
