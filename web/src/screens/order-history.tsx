import { useData } from "../api/data";
import { languageName } from "../text/languages";
import { money } from "../text/money";
import { dateTime } from "../text/time";
import { capital } from "../text/words";
import { Section } from "../ui/page";
import { statusLabel } from "../ui/status";
import { who } from "../ui/text";
import { type Document, kindLabel } from "./documents";
import type { Order, User } from "./order";
import { carrierName, hasNoLabel } from "./order-fulfil";

type Entry = Order["history"][number];

/** The refunds, parcels and people in an order's events, which name them only by number. */
interface About {
  order: Order;
  users: readonly User[];
  refunds: readonly { id: number; reason: string }[];
}

const words: Record<string, string> = {
  "order.placed": "Order placed",
  "order.drafted": "Draft saved",
  "order.edited": "Order edited",
  "order.pending": "The rest is to be paid",
  "order.ships_owed": "Ships though some of it is owed",
  "order.billing_changed": "Who is billed was changed",
  "order.recipient_changed": "Customer or address changed",
  "order.noted": "Staff note changed",
  "order.tags_changed": "Tags changed",
  "order.commented": "Commented",
  "order.comment_removed": "Comment deleted",
  "order.delivery_noted": "Note on the delivery changed",
  "order.discounted": "Discount of staff changed",
  "order.held": "Stock held",
  "order.payment_asked": "Payment link sent",
  "order.payment_link_renewed": "Payment link replaced",
  "order.rest_cancelled": "What was not shipped is cancelled",
  "payment.started": "Payment started",
  "payment.requires_action": "Payment: the customer must confirm it",
  "payment.authorized": "Payment authorised",
  "payment.succeeded": "Payment received",
  "payment.late": "Payment came late",
  "payment.processing": "The payment takes some days",
  "payment.reminded": "Reminded of the bank transfer",
  "payment.capturing": "Capture asked for",
  "payment.capture_failed": "Capture failed",
  "payment.voiding": "Void asked for",
  "payment.refunding": "Refund asked for",
  "payment.refunded": "Payment refunded",
  "payment.refund_failed": "Refund failed",
  "payment.charged_twice": "Charged twice: the second goes back",
  "payment.unknown_charge": "The gateway has a charge of another sum, from before a restore",
  "payment.disputed": "Payment disputed",
  "payment.dispute_won": "Dispute won",
  "payment.dispute_lost": "Dispute lost",
  "shipment.label_pending": "started",
  "shipment.label_outdated": "its label is outdated",
  "shipment.label_kept": "its label was kept",
  "shipment.leaving": "marked shipped",
  "shipment.stayed": "not shipped after all",
};

const recipientFields: Record<string, string> = {
  name: "name",
  email: "e-mail address",
  phone: "telephone",
  shipping_address: "shipping address",
  note: "customer's note",
  billing: "who is billed",
};

const ways: Record<string, string> = {
  card: "card",
  bank_transfer: "bank transfer",
  cash_on_delivery: "cash on delivery",
  cash: "cash",
  terminal: "card terminal",
};

/** What happens to an order that goes in no parcel. */
const handedOver: Record<string, string> = { ready: "ready", delivered: "handed over", voided: "not ready after all" };

/** An event of an order, in words. */
function told({ kind, body: of }: Entry, { order, users, refunds }: About): string {
  const body = (of ?? {}) as Record<string, unknown>;
  const text = (name: string) => (typeof body[name] === "string" ? (body[name] as string) : "");
  const sum = (name: string) =>
    typeof body[name] === "number" && body[name] !== 0 ? money(body[name] as number, order.currency) : "";
  const [subject, what = ""] = kind.split(".");
  if (subject === "shipment") {
    const parcel = order.shipments.find(({ id }) => id === body.shipment_id);
    if (parcel && hasNoLabel(parcel.carrier)) return `${carrierName(parcel.carrier)}: ${handedOver[what] ?? what}`;
    const step = words[kind] ?? statusLabel("shipment", what).toLowerCase();
    return `Parcel: ${step}${parcel?.tracking_number ? ` · ${parcel.tracking_number}` : ""}`;
  }
  if (kind === "order.reassigned") {
    const name = users.find(({ id }) => id === body.to)?.username;
    return name ? `Given to ${name}` : "Given to someone else";
  }
  if (kind === "order.recipient_changed" && Array.isArray(body.fields)) {
    return `Changed: ${body.fields.map((field) => recipientFields[field] ?? field).join(", ")}`;
  }
  if (kind === "order.language_changed") return `Language changed to ${languageName(text("to"))}`;
  if (kind === "order.billing_changed" && body.vat_id_verified === true)
    return "Who is billed was changed: the VAT ID is verified";
  if (kind === "document.issued") {
    return `${kindLabel({ kind: body.kind as Document["kind"] })} ${text("number")}, ${sum("total") || money(0, order.currency)}`;
  }
  if (kind === "order.total_changed") return `Total changed from ${sum("total_before")} to ${sum("total")}`;
  if (kind === "order.items_returned") {
    const back = sum("refund");
    return `Items came back, ${body.restocked ? "on sale again" : "written off"}${back && `, ${back} to go back`}`;
  }
  if (kind === "order.awaited_changed") {
    const came = (body.awaited_before as number) - (body.awaited as number);
    return came > 0 ? `In stock now: ${came} that it waited for` : `Not in stock any more: ${-came}`;
  }
  if (kind === "order.held")
    return text("until") ? `Stock held until ${dateTime(text("until"))}` : "Confirmed: stock held without an end";
  if (kind === "payment.refunding" && body.to_be_sent === true) return `Refund to be sent: ${sum("amount")}`;
  if (kind === "payment.refund_failed" && text("code") === "not_sent")
    return `Refund not sent after all: ${sum("amount")}`;
  const said =
    words[kind] ??
    (subject === "order" ? statusLabel("order", what) : capital(`${subject} ${what.replaceAll("_", " ")}`));
  const refund = refunds.find(({ id }) => id === body.refund_id);
  const details = [
    sum(kind === "order.placed" ? "total" : "amount"),
    ways[text("method")],
    text("code").replaceAll("_", " "),
    text("reason") || refund?.reason,
  ].filter(Boolean);
  return details.length > 0 ? `${said}: ${details.join(", ")}` : said;
}

export function History({ order, users }: { order: Order; users: readonly User[] }) {
  // The reason of a refund is in the refund, not in its event.
  const refunded = order.history.some(({ kind }) => kind === "payment.refunding" || kind === "payment.refunded");
  const payment = useData(refunded && order.payment ? "/admin/payments/{id}" : undefined, [order.payment?.id ?? 0], {
    live: ["payment."],
  });
  const refunds = payment.data?.refunds ?? [];
  const refundOf = ({ body }: Entry) => (body as { refund_id?: number } | null)?.refund_id;
  const settled = new Set(order.history.filter(({ kind }) => /^payment\.refund(ed|_failed)$/.test(kind)).map(refundOf));
  // Once a refund's outcome is known, its request is no longer interesting.
  const entries = order.history
    .filter((entry) => entry.kind !== "payment.refunding" || !settled.has(refundOf(entry)))
    .reverse();
  return (
    <Section title="History" class="staff-only">
      <ol class="history">
        {entries.map((entry) => (
          <li key={entry.sequence} class="wrap-anywhere">
            {told(entry, { order, users, refunds })}
            <small>
              <time dateTime={entry.at}>{dateTime(entry.at)}</time>, {who(entry.actor)}
            </small>
          </li>
        ))}
      </ol>
    </Section>
  );
}
