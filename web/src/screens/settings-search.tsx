import { Checkbox, Form } from "../ui/form";
import { Section } from "../ui/page";
import type { Part } from "./settings-text";

/** What orders and customers are found by, beyond whole words. */
export function Searches({ settings, save }: Part) {
  return (
    <Section title="Search" id="search">
      <Form onSubmit={(values) => save({ search_name_beginnings: values.search_name_beginnings === "on" })}>
        <Checkbox
          name="search_name_beginnings"
          label="Find orders and customers by the beginnings of names"
          checked={settings.search_name_beginnings}
        />
        <p class="muted">
          “Nova” finds Novák. From a stolen database, though, more can be guessed about names, as the README says under
          Security. Without this, names are found by whole words only.
        </p>
      </Form>
    </Section>
  );
}
