import { Checkbox, Form, SelectField, TextArea, TextField } from "../ui/form";
import { Section } from "../ui/page";
import { SecretField, secretOf } from "../ui/secret-field";
import type { Part, Settings } from "./settings-text";

export function WaysToPay({ settings, save }: Part) {
  const { payment_methods: offered, ship_before_payment: early } = settings;
  return (
    <Section title="Ways to pay" id="payment">
      <Form
        onSubmit={(values) =>
          save({
            payment_methods: {
              card: values.card === "on",
              bank_transfer: values.bank_transfer === "on",
              cash_on_delivery: values.cash_on_delivery === "on",
            },
            ship_before_payment: {
              bank_transfer: values.early_bank_transfer === "on",
              cash_on_delivery: values.early_cash_on_delivery === "on",
            },
            bank_details: values.bank_details!.trim(),
            bank_account: values.iban!.trim()
              ? { name: values.account_name!.trim(), iban: values.iban!.trim(), bic: values.bic!.trim() }
              : null,
            card_gateway: (values.card_gateway || null) as Settings["card_gateway"],
          })
        }
      >
        <fieldset>
          <legend>Customers can pay</legend>
          <Checkbox name="card" label="By card, once a gateway is set up" checked={offered.card} />
          <Checkbox
            name="bank_transfer"
            label="By bank transfer, once bank details are below"
            checked={offered.bank_transfer}
          />
          <Checkbox name="cash_on_delivery" label="On delivery, in cash" checked={offered.cash_on_delivery} />
        </fieldset>
        <TextArea
          name="bank_details"
          label="Bank details"
          optional
          rows={3}
          maxLength={500}
          value={settings.bank_details}
          hint="Where customers transfer to; it appears in their mail and on their receipt. While this is empty, bank transfers are not offered."
        />
        <fieldset>
          <legend>The account, for the code that banking apps read (in EUR)</legend>
          <TextField
            name="account_name"
            label="Account holder"
            optional
            maxLength={70}
            value={settings.bank_account?.name ?? ""}
          />
          <TextField name="iban" label="IBAN" optional maxLength={50} value={settings.bank_account?.iban ?? ""} />
          <TextField name="bic" label="BIC" optional maxLength={20} value={settings.bank_account?.bic ?? ""} />
        </fieldset>
        <fieldset>
          <legend>Ship before payment</legend>
          <Checkbox name="early_bank_transfer" label="Orders paid by bank transfer" checked={early.bank_transfer} />
          <Checkbox name="early_cash_on_delivery" label="Orders paid on delivery" checked={early.cash_on_delivery} />
        </fieldset>
        <SelectField
          name="card_gateway"
          label="Cards go through"
          value={settings.card_gateway ?? ""}
          options={[
            ["", "Whatever is set up"],
            ["stripe", "Stripe"],
            ["sandbox", "The sandbox: simulated, no money moves"],
          ]}
        />
      </Form>
    </Section>
  );
}

export function Stripe({ settings, save }: Part) {
  return (
    <Section title="Stripe" id="stripe">
      <Form
        onSubmit={(values) =>
          save({
            stripe_publishable_key: values.stripe_publishable_key!.trim(),
            ...secretOf(values, "stripe_secret_key"),
            ...secretOf(values, "stripe_webhook_secret"),
          })
        }
      >
        <TextField
          name="stripe_publishable_key"
          label="Publishable key"
          optional
          value={settings.stripe_publishable_key}
          hint="pk_…; the shop's pages give it to the customer's browser."
        />
        <SecretField name="stripe_secret_key" label="Secret key" state={settings.stripe_secret_key} />
        <SecretField
          name="stripe_webhook_secret"
          label="Webhook signing secret"
          state={settings.stripe_webhook_secret}
        />
      </Form>
    </Section>
  );
}
