import { href } from "../router";
import { Checkbox, FieldFault, Form, SelectField, TextArea, TextField } from "../ui/form";
import { Section } from "../ui/page";
import { LogoField } from "./settings-logo";
import type { Part, Settings } from "./settings-text";

type Link = Settings["storefront"]["links"][number];

/** A link a line, "Terms https://…": its last word is where it leads. */
const linkLines = (links: Link[]) => links.map(({ text, url }) => `${text} ${url}`).join("\n");

function linksOf(lines: string): Link[] {
  return lines
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const space = line.lastIndexOf(" ");
      if (space < 0) throw new FieldFault("storefront/links", `Write a text and an address: “Terms ${line}”.`);
      return { text: line.slice(0, space).trim(), url: line.slice(space + 1) };
    });
}

/** Opens the window as it would look with what is chosen; nothing is saved. */
function preview(form: HTMLFormElement) {
  const values = new FormData(form);
  const look = new URLSearchParams();
  for (const name of ["accent", "headings", "intro"]) look.set(name, String(values.get(`storefront/${name}`)).trim());
  look.set("logo", String(values.get("logo")));
  open(`/admin/storefront/preview?${look}`, "_blank", "noopener");
}

/** The shop's own pages: whether it has them, and how they look. */
export function Storefront({ settings, save }: Part) {
  const { storefront } = settings;
  return (
    <Section title="Shop pages" id="storefront">
      <Form
        onSubmit={(values) =>
          save({
            storefront: {
              on: values["storefront/on"] === "on",
              accent: values["storefront/accent"]!.trim().toLowerCase(),
              headings: values["storefront/headings"] as Settings["storefront"]["headings"],
              intro: values["storefront/intro"]!.trim(),
              foot: values["storefront/foot"]!.trim(),
              links: linksOf(values["storefront/links"]!),
              withdrawal: values["storefront/withdrawal"] === "on",
            },
            logo: values.logo || null,
          })
        }
      >
        <Checkbox
          name="storefront/on"
          label={
            <>
              Customers can buy at <a href="/">{location.origin}/</a>
            </>
          }
          checked={storefront.on}
        />
        <p class="muted">
          While it is off, that address leads to this dashboard, and other programs sell through the API.
        </p>
        <TextField
          name="storefront/accent"
          label="Colour of buttons and links"
          type="color"
          value={storefront.accent}
          hint="Links are darkened or lightened as far as they need to be to stay readable."
        />
        <SelectField
          name="storefront/headings"
          label="Headings"
          value={storefront.headings}
          options={[
            ["serif", "With serifs"],
            ["sans", "Without serifs"],
          ]}
        />
        <LogoField logo={settings.logo} />
        <TextArea
          name="storefront/intro"
          label="On the first page"
          optional
          rows={2}
          maxLength={300}
          value={storefront.intro}
          hint="A sentence on what you sell, in large letters."
        />
        <TextArea
          name="storefront/foot"
          label="At the foot of each page"
          optional
          rows={3}
          maxLength={1000}
          value={storefront.foot}
        />
        <TextArea
          name="storefront/links"
          label="Links at the foot"
          optional
          rows={3}
          value={linkLines(storefront.links)}
          hint="One a line, with its address at the end: Terms https://example.com/terms"
        />
        <p>
          <button type="button" onClick={(event) => preview(event.currentTarget.form!)}>
            Preview in a new tab
          </button>
        </p>
        <Checkbox
          name="storefront/withdrawal"
          label="Each page leads to the one for withdrawing from a contract"
          checked={storefront.withdrawal}
        />
        <p class="muted">
          The law of the EU asks this of whoever sells to consumers there. Orders then accept your{" "}
          <a href={href("/texts/legal")}>legal texts</a> too, and their mail has them below it.
        </p>
      </Form>
    </Section>
  );
}
