import { post } from "../api/client";
import { go } from "../router";
import { useSession } from "../session";
import { Form, NumberField, requiredInteger } from "../ui/form";
import { Page } from "../ui/page";
import { notify } from "../ui/toast";
import { ProductFields, productOf } from "./product-form";

export default function NewProduct() {
  const { currency } = useSession().shop;
  return (
    <Page title="Add a product" back={{ to: "/inventory", label: "Inventory" }}>
      <div class="panel narrow">
        <Form
          submit="Add"
          cancel={() => history.back()}
          onSubmit={async (values) => {
            const { low_stock_threshold: threshold, ...fields } = productOf(values, currency);
            const product = await post("/admin/inventory", [], {
              body: {
                ...fields,
                quantity: fields.stock_policy === "uncounted" ? 0 : requiredInteger(values, "quantity"),
                ...(threshold !== null && { low_stock_threshold: threshold }),
              },
            });
            notify(product.status === "archived" ? `${product.name} is added` : `${product.name} is on sale`);
            go(`/inventory/${product.id}`, { replace: true });
          }}
        >
          <ProductFields />
          <NumberField name="quantity" label="On hand" unit="units" required value="0" hint="What is in stock now." />
        </Form>
      </div>
    </Page>
  );
}
