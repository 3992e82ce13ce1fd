import { get, put } from "../api/client";
import { useData } from "../api/data";
import type { ScreenProps } from "../app";
import { languageName } from "../text/languages";
import { saveEdit } from "../ui/edit";
import { Form, TextArea } from "../ui/form";
import { Page, Section } from "../ui/page";
import { Failed, Loading } from "../ui/states";
import { When } from "../ui/text";
import { notify } from "../ui/toast";
import { legalKinds } from "./legal-texts";

/** One legal text in one language, with its earlier versions. */
export default function LegalText({ values }: ScreenProps) {
  const { kind = "", language = "" } = values;
  const text = useData("/admin/texts/{kind}/{language}", [kind, language]);
  const versions = useData("/admin/texts/{kind}/{language}/versions", [kind, language], {
    live: ["legal_text."],
    whole: true,
  });
  const title = `${legalKinds[kind as keyof typeof legalKinds] ?? kind}, ${languageName(language)}`;
  const back = { to: "/texts/legal", label: "Legal texts" };
  const data = text.data;
  if (!data)
    return (
      <Page title={title} back={back}>
        {text.error !== undefined ? <Failed error={text.error} again={() => void text.reload()} /> : <Loading />}
      </Page>
    );
  const page = `/legal/${kind}?lang=${language}`;
  const save = async (wanted: string) => {
    const saved = await saveEdit<typeof data, { text: string }>(
      data,
      { text: wanted },
      {
        load: () => get("/admin/texts/{kind}/{language}", [kind, language]),
        save: (changes, version) =>
          put("/admin/texts/{kind}/{language}", [kind, language], { body: { text: changes.text ?? "" }, version }),
        fields: ({ text }) => ({ text }),
        labels: { text: "Text" },
      },
    );
    if (!saved) return;
    text.set(saved);
    notify(saved.text ? `Version ${saved.version} holds now` : "There is no text in this language any more");
    await versions.reload();
  };
  const earlier = versions.data?.data ?? [];
  return (
    <Page title={title} back={back}>
      <div class="stack">
        <Section title="Text">
          <Form key={data.version} submit="Save as a new version" onSubmit={({ text }) => save(text!.trim())}>
            <TextArea
              name="text"
              label="Text"
              optional
              rows={24}
              maxLength={50_000}
              value={data.text}
              hint="Plain text. A line that begins with # is a heading, with ## a smaller one, with - an item of a list. An empty line begins a paragraph. [Text](https://example.com) is a link."
            />
          </Form>
        </Section>
        {earlier.length > 0 && (
          <Section title="Versions">
            <ul class="plain pad">
              {earlier.map(({ version, created_at }) => (
                <li key={version}>
                  <a href={`${page}&version=${version}`} target="_blank" rel="noreferrer">
                    Version {version}
                  </a>
                  {created_at && (
                    <>
                      , <When at={created_at} />
                    </>
                  )}
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
    </Page>
  );
}
