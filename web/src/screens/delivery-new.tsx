import { post } from "../api/client";
import { go } from "../router";
import { Page } from "../ui/page";
import { notify } from "../ui/toast";
import { MethodForm } from "./delivery-form";

export default function NewDeliveryMethod() {
  return (
    <Page title="Add a delivery method" back={{ to: "/delivery", label: "Delivery" }}>
      <div class="panel narrow">
        <MethodForm
          submit="Add"
          onSubmit={async (wanted) => {
            const method = await post("/admin/delivery-methods", [], { body: wanted });
            notify(`${method.name} is ${method.active ? "offered" : "added"}`);
            go("/delivery", { replace: true });
          }}
        />
      </div>
    </Page>
  );
}
