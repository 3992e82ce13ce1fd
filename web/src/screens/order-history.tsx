import { dateTime } from "../text/time";
import { Section } from "../ui/page";
import { statusLabel } from "../ui/status";
import { who } from "../ui/text";
import type { Order } from "./order";

/** What an event of an order says to a person. */
function told(kind: string, body: Record<string, unknown>): string {
  const words: Record<string, string> = {
    "order.placed": "Order placed",
    "order.recipient_changed": "Customer or address changed",
    "order.noted": "Staff note changed",
    "order.reassigned": "Given to someone else",
    "order.items_returned": "Items came back",
    "order.rest_cancelled": "What was not shipped is cancelled",
    "shipment.label_pending": "Parcel: started",
  };
  const reason = typeof body.reason === "string" && body.reason ? `: ${body.reason}` : "";
  const known = words[kind];
  if (known) return known + reason;
  const [subject, what = ""] = kind.split(".");
  if (subject === "order") return statusLabel("order", what) + reason;
  if (subject === "shipment") return `Parcel: ${statusLabel("shipment", what).toLowerCase()}`;
  const name = { payment: "Payment", refund: "Refund" }[subject!] ?? subject;
  return `${name} ${what.replaceAll("_", " ")}`;
}

export function History({ order }: { order: Order }) {
  const entries = [...order.history].reverse();
  return (
    <Section title="History">
      <ol class="history">
        {entries.map((entry) => (
          <li key={entry.sequence}>
            {told(entry.kind, (entry.body ?? {}) as Record<string, unknown>)}
            <small>
              <time dateTime={entry.at}>{dateTime(entry.at)}</time>, {who(entry.actor)}
            </small>
          </li>
        ))}
      </ol>
    </Section>
  );
}
