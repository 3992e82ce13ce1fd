import { Checkbox, Form } from "../ui/form";
import { Section } from "../ui/page";
import { SecretField, secretOf } from "../ui/secret-field";
import type { Part } from "./settings-text";

/** Carriers: the shop's own labels need no setting; those of all other carriers come through EasyPost. */
export function EasyPost({ settings, save }: Part) {
  return (
    <Section title="Carriers" id="carriers">
      <Form
        onSubmit={(values) =>
          save({
            ...secretOf(values, "easypost_api_key"),
            ...secretOf(values, "easypost_webhook_secret"),
            follow_typed_numbers: values.follow_typed_numbers === "on",
            ship_when_packed: values.ship_when_packed === "on",
          })
        }
      >
        <p class="muted">
          Your own labels, for your own delivery, are always available. Labels of parcel services are bought through
          EasyPost, once its key is set.
        </p>
        <SecretField name="easypost_api_key" label="EasyPost's API key" state={settings.easypost_api_key} />
        <SecretField
          name="easypost_webhook_secret"
          label="EasyPost's webhook secret"
          state={settings.easypost_webhook_secret}
        />
        <p class="muted">
          EasyPost tells of parcels at <code class="wrap-anywhere">{location.origin}/webhooks/easypost</code>. Without
          it, orderd asks now and then.
        </p>
        <Checkbox
          name="follow_typed_numbers"
          label="Track typed numbers too, for which EasyPost charges"
          checked={settings.follow_typed_numbers}
        />
        <Checkbox
          name="ship_when_packed"
          label="At the packing table, mark an order as shipped once its last item was scanned"
          checked={settings.ship_when_packed}
        />
      </Form>
    </Section>
  );
}
