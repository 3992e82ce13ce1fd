import type { Row } from "../api/client";
import { useData } from "../api/data";
import { href } from "../router";
import { languages } from "../text/languages";
import { Page, Section } from "../ui/page";
import { Failed, Loading } from "../ui/states";
import { Table } from "../ui/table";
import { When } from "../ui/text";
import { TextTabs } from "./texts";

type Legal = Row<"/admin/texts">;

export const legalKinds: Record<Legal["kind"], string> = {
  terms: "Terms and conditions",
  privacy: "Privacy",
  withdrawal: "Right of withdrawal",
  imprint: "Imprint",
};

/** The shop's terms and the like, by language. */
export default function LegalTexts() {
  const list = useData("/admin/texts", [], { live: ["legal_text."] });
  const all = list.data?.data;
  return (
    <Page title="Legal texts">
      <TextTabs />
      <p class="muted lead">
        Each page leads to these, and customers accept them as they order. What you save is a new version: orders keep
        the one that they accepted. A language without a text shows that of the shop's language.
      </p>
      {!all ? (
        list.error !== undefined ? (
          <Failed error={list.error} again={() => void list.reload()} />
        ) : (
          <Loading rows={8} />
        )
      ) : (
        <div class="stack">
          {(Object.keys(legalKinds) as Legal["kind"][]).map((kind) => (
            <Section key={kind} title={legalKinds[kind]} class="flush">
              <Table
                caption={legalKinds[kind]}
                steps={false}
                rows={languages().map(([code, name]) => ({
                  code,
                  name,
                  text: all.find((each) => each.kind === kind && each.language === code)!,
                }))}
                keyOf={({ code }) => code}
                columns={[
                  {
                    head: "Language",
                    cell: ({ code, name }) => (
                      <a href={href(`/texts/legal/${kind}/${code}`)} aria-label={`${legalKinds[kind]}, ${name}`}>
                        {name}
                      </a>
                    ),
                  },
                  {
                    head: "Version",
                    end: true,
                    cell: ({ text }) => (text.version === 0 ? <span class="muted">none</span> : text.version),
                  },
                  {
                    head: "Since",
                    end: true,
                    cell: ({ text }) => (text.created_at === null ? "" : <When at={text.created_at} />),
                  },
                ]}
              />
            </Section>
          ))}
        </div>
      )}
    </Page>
  );
}
