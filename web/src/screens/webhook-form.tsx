import { useState } from "preact/hooks";
import type { Answer, Body } from "../api/client";
import { Checkbox, FieldFault, Form, SelectField, TextField } from "../ui/form";

export type Webhook = Answer<"/admin/webhooks/{id}", "get">;
type NewWebhook = Required<Body<"/admin/webhooks", "post">>;

/** The most common events; others are typed. */
const known = [
  ["order.placed", "An order is placed"],
  ["order.paid", "An order is paid"],
  ["order.shipped", "An order is shipped"],
  ["order.delivered", "An order is delivered"],
  ["order.cancelled", "An order is cancelled"],
  ["order.*", "All that happens to orders"],
  ["payment.*", "Payments"],
  ["refund.*", "Refunds"],
  ["shipment.*", "Parcels"],
  ["product.*", "Products"],
  ["stock.*", "Changes of stock"],
  ["alert.*", "Stock that runs low"],
] as const;

/** The events of an endpoint, in words. */
export const told = (events: readonly string[]) =>
  events.map((kind) => (kind === "*" ? "Everything" : (known.find(([name]) => name === kind)?.[1] ?? kind))).join(", ");

/** The fields of a new or existing endpoint. */
export function WebhookForm({
  webhook,
  submit,
  cancel,
  onSubmit,
}: {
  webhook?: Webhook;
  submit: string;
  cancel: () => void;
  onSubmit: (wanted: NewWebhook) => Promise<void>;
}) {
  const events = webhook?.events ?? ["*"];
  const [all, setAll] = useState(events.includes("*"));
  const others = events.filter((kind) => kind !== "*" && !known.some(([name]) => name === kind));
  return (
    <Form
      submit={submit}
      cancel={cancel}
      onSubmit={async (values) => {
        const typed = (values.events ?? "").split(/[\s,]+/).filter(Boolean);
        const wanted = all
          ? ["*"]
          : [...known.map(([kind]) => kind).filter((kind) => values[`kind-${kind}`] === "on"), ...typed];
        if (wanted.length === 0) throw new FieldFault("events", "Choose at least one kind of event.");
        await onSubmit({
          url: values.url!.trim(),
          description: values.description!.trim(),
          events: [...new Set(wanted)],
        });
      }}
    >
      <TextField
        name="url"
        label="Address"
        type="url"
        required
        inputMode="url"
        value={webhook?.url ?? ""}
        maxLength={2000}
        hint="https://…, where the other program listens."
      />
      <TextField
        name="description"
        label="What it is for"
        optional
        value={webhook?.description ?? ""}
        maxLength={200}
      />
      <SelectField
        name="all"
        label="Which events"
        value={all ? "all" : "some"}
        onChange={(value) => setAll(value === "all")}
        options={[
          ["all", "Everything that happens"],
          ["some", "Only some events"],
        ]}
      />
      {!all && (
        <>
          <fieldset class="scopes">
            <legend>Events</legend>
            {known.map(([kind, label]) => (
              <Checkbox key={kind} name={`kind-${kind}`} label={label} checked={events.includes(kind)} />
            ))}
          </fieldset>
          <TextField
            name="events"
            label="Others, by their names"
            optional
            autoCapitalize="none"
            value={others.join(" ")}
            hint="Such as customer.registered, or customer.* for all of a customer's; with spaces between."
          />
        </>
      )}
    </Form>
  );
}
