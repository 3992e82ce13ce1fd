import { Form, integerOf, NumberField } from "../ui/form";
import { Section } from "../ui/page";
import type { Part } from "./settings-text";

/** For how long the shop's two logs are kept. What else is removed with age has terms that suit every shop. */
export function Logs({ settings, save }: Part) {
  const { events_days, audit_days } = settings.log_terms;
  return (
    <Section title="What is kept" id="logs">
      <Form
        onSubmit={(values) =>
          save({
            log_terms: {
              events_days: integerOf(values, "events_days", { least: 180, most: 36_500 }) ?? null,
              audit_days: integerOf(values, "audit_days", { least: 365, most: 36_500 }) ?? null,
            },
          })
        }
      >
        <p class="muted">
          Orders, payments, customers and products are always kept. What is removed from a log cannot be had back.
          Empty: nothing is.
        </p>
        <div class="fields">
          <NumberField
            name="events_days"
            label="Events are kept for"
            unit="days"
            value={events_days === null ? "" : String(events_days)}
            hint="180 at least. They are the history of each order."
          />
          <NumberField
            name="audit_days"
            label="The audit log is kept for"
            unit="days"
            value={audit_days === null ? "" : String(audit_days)}
            hint="365 at least. It says who did what, and from where."
          />
        </div>
      </Form>
    </Section>
  );
}
