/** A status, in words and with a mark that works without colour. */

type Tone = "good" | "warn" | "bad" | "info" | "";
type Fill = "full" | "half" | "";
type Look = readonly [label: string, tone: Tone, fill: Fill];

const looks: Record<string, Record<string, Look>> = {
  order: {
    draft: ["Draft", "", ""],
    pending: ["Pending", "", ""],
    paid: ["Paid", "info", "full"],
    processing: ["Processing", "info", "half"],
    partially_shipped: ["Partly shipped", "warn", "half"],
    shipped: ["Shipped", "good", "half"],
    delivered: ["Delivered", "good", "full"],
    returned: ["Returned", "", "half"],
    cancelled: ["Cancelled", "", ""],
    expired: ["Expired", "", ""],
  },
  payment: {
    processing: ["Processing", "info", "half"],
    requires_action: ["Customer must confirm", "warn", "half"],
    authorized: ["Authorised", "info", "half"],
    succeeded: ["Paid", "good", "full"],
    failed: ["Failed", "bad", "full"],
    voided: ["Voided", "", ""],
    partially_refunded: ["Partly refunded", "warn", "half"],
    refunded: ["Refunded", "", "full"],
    disputed: ["Disputed", "bad", "full"],
  },
  shipment: {
    label_pending: ["Buying the label", "info", ""],
    label_ready: ["Label ready", "info", "half"],
    ready: ["Ready", "info", "full"],
    in_transit: ["On its way", "good", "half"],
    out_for_delivery: ["Out for delivery", "good", "half"],
    delivered: ["Delivered", "good", "full"],
    exception: ["Held up", "bad", "full"],
    returned: ["Returned", "warn", "full"],
    voided: ["Voided", "", ""],
    failed: ["No label", "bad", "full"],
  },
  product: {
    active: ["On sale", "good", "full"],
    hidden: ["Hidden", "info", "half"],
    archived: ["Archived", "", ""],
  },
  job: {
    ready: ["Waiting", "", ""],
    running: ["Running", "info", "half"],
    dead: ["Given up", "bad", "full"],
  },
  mail: {
    waiting: ["Waiting", "info", "half"],
    sent: ["Sent", "good", "full"],
    failed: ["Failed", "bad", "full"],
    skipped: ["Not needed", "", ""],
  },
  delivery: {
    pending: ["Waiting", "info", "half"],
    delivered: ["Delivered", "good", "full"],
    failed: ["Failed", "bad", "full"],
  },
};

export type StatusKind = "order" | "payment" | "shipment" | "product" | "job" | "mail" | "delivery";

export const statusLabel = (kind: StatusKind, status: string) =>
  looks[kind]![status]?.[0] ?? status.replaceAll("_", " ");

/** Several statuses, as in a filter: "pending,paid". */
export const statusLabels = (kind: StatusKind, statuses: string) =>
  statuses
    .split(",")
    .map((status) => statusLabel(kind, status).toLowerCase())
    .join(", ");

export function Status({ kind, value }: { kind: StatusKind; value: string }) {
  const [label, tone, fill] = looks[kind]![value] ?? [value.replaceAll("_", " "), "", ""];
  return <span class={`status ${fill} ${tone && `tone-${tone}`}`}>{label}</span>;
}

/** A manual payment waits for a person, not for a gateway. */
const byHand: Record<string, Look> = {
  bank_transfer: ["Awaiting transfer", "warn", "half"],
  cash_on_delivery: ["On delivery", "info", "half"],
};

export function PaymentStatus({ status, method }: { status: string; method: string }) {
  const look = status === "processing" ? byHand[method] : undefined;
  if (!look) return <Status kind="payment" value={status} />;
  return (
    <Mood tone={look[1]} fill={look[2]}>
      {look[0]}
    </Mood>
  );
}

/** A state with its own text. */
export function Mood({ tone, fill = "full", children }: { tone: Tone; fill?: Fill; children: string }) {
  return <span class={`status ${fill} ${tone && `tone-${tone}`}`}>{children}</span>;
}
