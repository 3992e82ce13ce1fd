import { useState } from "preact/hooks";
import { get, post, put, type Row } from "../api/client";
import { useData } from "../api/data";
import { href, usePlace } from "../router";
import { languages } from "../text/languages";
import { readWhole } from "../text/number";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { saveEdit } from "../ui/edit";
import { Form, SelectField, TextArea, TextField, typedIn, type Values } from "../ui/form";
import { Choice, Search, Tabs, useFilters } from "../ui/list";
import { Page, Section } from "../ui/page";
import { Empty, Failed, Loading } from "../ui/states";
import { Table } from "../ui/table";
import { notify } from "../ui/toast";

export type Words = Row<"/admin/words/{language}">;
type Locale = ReturnType<typeof languages>[number][0];
type Mail = Parameters<typeof previewOf>[0];

const mails = [
  ["order_placed", "Order placed"],
  ["payment_link", "Payment link"],
  ["payment_received", "Payment received"],
  ["payment_failed", "Payment failed"],
  ["payment_reminder", "Reminder of a transfer"],
  ["refunded", "Refunded"],
  ["ready", "Ready"],
  ["shipped", "Shipped"],
  ["delivered", "Delivered"],
  ["cancelled", "Cancelled"],
  ["expired", "Expired"],
] as const;

/** The two screens of texts. */
export function TextTabs() {
  const { path } = usePlace();
  const tab = (to: string, label: string) => (
    <a href={href(to)} aria-current={path === to ? "page" : undefined}>
      {label}
    </a>
  );
  return (
    <nav class="tabs" aria-label="Texts">
      {tab("/texts", "Mails and pages")}
      {tab("/texts/legal", "Legal texts")}
    </nav>
  );
}

const holds = (words: Words, sought: string) =>
  [words.name, words.original, words.text ?? ""].some((text) => text.toLowerCase().includes(sought));

/** What mails and pages say, and what of it the shop says in its own words. */
export default function Texts() {
  const filters = useFilters(["q", "language", "changed"] as const);
  const settings = useData("/admin/settings", [], { live: ["setting."] });
  const language = (filters.language || settings.data?.locale) as Locale | undefined;
  const list = useData(language ? "/admin/words/{language}" : undefined, [language ?? ""], { live: ["words."] });
  const [open, setOpen] = useState<Words | undefined>();
  const all = list.data?.data ?? [];
  const changed = all.filter(({ text }) => text !== null);
  const rows = (filters.changed ? changed : all).filter((words) => holds(words, filters.q.toLowerCase()));
  const shown = settings.data && [
    ["", "The shop's language"] as const,
    ...languages().map(([code, name]) => [code as string, name] as const),
  ];
  return (
    <Page title="Texts">
      <TextTabs />
      <p class="muted lead">
        What mails and pages say to customers. A text in your own words shows at once; in braces is where a value
        stands.
      </p>
      <div class="toolbar">
        <Search label="Search the texts" />
        {shown && <Choice name="language" label="Language" options={shown} />}
        <Tabs
          label="Which texts"
          options={[
            ["", "All"],
            ["changed=true", "Changed", changed.length],
          ]}
        />
      </div>
      {!list.data ? (
        list.error !== undefined ? (
          <Failed error={list.error} again={() => void list.reload()} />
        ) : (
          <Loading rows={10} />
        )
      ) : rows.length === 0 ? (
        <Empty title={filters.changed && !filters.q ? "Nothing is in your own words yet" : "No text has that in it"}>
          Each text of mails and pages can be changed, by language.
        </Empty>
      ) : (
        <Section title="Texts of mails and pages" class="flush">
          <Table
            caption="Texts of mails and pages"
            rows={rows}
            keyOf={(words: Words) => words.name}
            columns={[
              {
                head: "Text",
                class: "wrap-anywhere",
                cell: (words: Words) => (
                  <>
                    <button type="button" class="link" onClick={() => setOpen(words)}>
                      {words.name}
                    </button>
                    <span class="second">{words.text ?? words.original}</span>
                  </>
                ),
              },
              {
                head: "State",
                end: true,
                cell: (words: Words) =>
                  words.text === null ? <span class="muted">Original</span> : <strong>Changed</strong>,
              },
            ]}
          />
        </Section>
      )}
      {open && language && (
        <Edit
          key={open.name}
          words={open}
          language={language}
          onClose={() => setOpen(undefined)}
          onDone={async () => {
            await list.reload();
            setOpen(undefined);
          }}
        />
      )}
    </Page>
  );
}

function Edit({
  words,
  language,
  onClose,
  onDone,
}: {
  words: Words;
  language: Locale;
  onClose: () => void;
  onDone: () => Promise<void>;
}) {
  const save = async (text: string | null) => {
    const saved = await saveEdit<Words, { text: string | null }>(
      words,
      { text },
      {
        load: () => get("/admin/words/{language}/{name}", [language, words.name]),
        save: (changes, version) =>
          put("/admin/words/{language}/{name}", [language, words.name], {
            body: { text: changes.text ?? null },
            version,
          }),
        fields: ({ text }) => ({ text }),
        labels: { text: "Text" },
      },
    );
    if (saved) notify(saved.text === null ? "It is the original again" : "The text is saved");
    await onDone();
  };
  return (
    <Dialog title={`Text: ${words.name}`} onClose={onClose} wide>
      <Form submit="Save" cancel={onClose} onSubmit={(values) => save(textOf(values))}>
        <TextArea
          name="text"
          label="Text"
          required
          rows={4}
          maxLength={2000}
          value={words.text ?? words.original}
          hint={
            words.placeholders.length > 0
              ? `It needs ${words.placeholders.map((name) => `{${name}}`).join(", ")}.`
              : undefined
          }
        />
        {words.text !== null && (
          <>
            <p class="muted wrap-anywhere">The original: {words.original}</p>
            <p>
              <Button onPress={() => save(null)}>Back to the original</Button>
            </p>
          </>
        )}
        <Preview words={words} language={language} />
      </Form>
    </Dialog>
  );
}

const textOf = (values: Values) => values.text!.replace(/\s*\n\s*/g, " ").trim();

const previewOf = (mail: (typeof mails)[number][0], order: number, language: Locale, name: string, text: string) => ({
  mail,
  order_id: order,
  language,
  words: [{ name, text }],
});

/** How a mail about a real order reads with the text that is being typed. */
function Preview({ words, language }: { words: Words; language: Locale }) {
  const of = words.name.split(".")[0];
  const orders = useData("/admin/orders", [], { query: { limit: 1 } });
  const newest = orders.data?.data[0]?.id;
  const [shown, setShown] = useState<{ subject: string; text: string } | undefined>();
  const wanted = (form: HTMLFormElement) => {
    const values = Object.fromEntries(new FormData(form)) as Values;
    const order = typedIn(values, "order", (text) => readWhole(text, { least: 1 }));
    return { values, body: previewOf(values.mail as Mail, order, language, words.name, textOf(values)) };
  };
  const formOf = (event: { currentTarget: HTMLButtonElement }) => event.currentTarget.form!;
  if (!newest) return null;
  return (
    <fieldset>
      <legend>Try it in a mail</legend>
      <div class="fields">
        <SelectField
          name="mail"
          label="Mail"
          options={mails}
          value={mails.some(([mail]) => mail === of) ? of : "order_placed"}
        />
        <TextField name="order" label="About order" short inputMode="numeric" value={String(newest)} />
        <TextField name="to" label="Send it to" optional type="email" hint="Your own address, for a test mail." />
      </div>
      <p>
        <Button
          onPress={async (event) => {
            const { body } = wanted(formOf(event));
            setShown(await post("/admin/mails/preview", [], { body }));
          }}
        >
          Show the mail
        </Button>{" "}
        <Button
          onPress={async (event) => {
            const { values, body } = wanted(formOf(event));
            const { sent_to } = await post("/admin/mails/test", [], { body: { ...body, to: values.to!.trim() } });
            notify(`A test mail went to ${sent_to}`);
          }}
        >
          Send a test mail
        </Button>
      </p>
      {shown && (
        <section aria-label="The mail" class="mail-shown">
          <h3 class="wrap-anywhere">{shown.subject}</h3>
          <pre tabIndex={0}>{shown.text}</pre>
        </section>
      )}
    </fieldset>
  );
}
