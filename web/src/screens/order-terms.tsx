import { languageName } from "../text/languages";
import { Section } from "../ui/page";
import { legalKinds } from "./legal-texts";
import type { Order } from "./order";

/** The legal texts that an order accepted, in their versions; nothing if it accepted none. */
export function Terms({ order }: { order: Order }) {
  if (order.accepted_terms.length === 0) return null;
  return (
    <Section title="Accepted texts">
      <ul class="plain pad">
        {order.accepted_terms.map(({ kind, version, language }) => (
          <li key={kind}>
            <a href={`/legal/${kind}?lang=${language}&version=${version}`} target="_blank" rel="noreferrer">
              {legalKinds[kind]}
            </a>
            <span class="muted">
              , version {version}, {languageName(language)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
