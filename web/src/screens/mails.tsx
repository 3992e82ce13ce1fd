import type { Row } from "../api/client";
import { useData, useReload } from "../api/data";
import { href } from "../router";
import { useMay, useSession } from "../session";
import { List, Tabs, useFilters } from "../ui/list";
import { Page, Section } from "../ui/page";
import { Empty } from "../ui/states";
import { Status } from "../ui/status";
import { Table } from "../ui/table";
import { When } from "../ui/text";

type Mail = Row<"/admin/mails">;

/** What a mail is about, in the words of its subject. */
const kinds: Record<string, string> = {
  order_placed: "Order placed",
  payment_received: "Payment received",
  payment_failed: "Payment failed",
  refunded: "Refunded",
  ready: "Ready",
  shipped: "Shipped",
  delivered: "Delivered",
  cancelled: "Cancelled",
  expired: "Expired",
  low_stock: "Low stock",
  email_changed: "E-mail address changed",
};

const label = ({ kind }: Mail) => kinds[kind] ?? kind.replaceAll("_", " ");

/** Sending a mail causes no event. It is mostly sent at once, or within days if the server does not accept it. */
function soon(mails: readonly Mail[]): number | undefined {
  const waiting = mails.filter(({ status }) => status === "waiting");
  if (waiting.length === 0) return undefined;
  return waiting.some(({ created_at }) => Date.now() - Date.parse(created_at) < 60_000) ? 3000 : 60_000;
}

function State({ mail }: { mail: Mail }) {
  return (
    <>
      <Status kind="mail" value={mail.status} />
      {mail.status !== "sent" && mail.last_error && <span class="second wrap-anywhere">{mail.last_error}</span>}
    </>
  );
}

export default function Mails() {
  const { status, order_id } = useFilters(["status", "order_id"] as const);
  const isOwner = useMay("owner");
  const { mails } = useSession().shop;
  return (
    <Page title="E-mails">
      <p class="muted lead">
        Mails to customers about their orders, and to staff about low stock. What the mail server does not take is tried
        again for two days.
      </p>
      <List
        path="/admin/mails"
        query={{ status, order_id }}
        filtered={status !== "" || order_id !== ""}
        live={["order.", "payment.", "refund.", "shipment.", "alert."]}
        again={soon}
        caption="E-mails, newest first"
        keyOf={(mail: Mail) => mail.id}
        tone={(mail: Mail) => (mail.status === "skipped" ? "dim" : undefined)}
        empty={
          <Empty title="No mail has been sent yet">
            {mails ? (
              "The first goes out with the next order."
            ) : isOwner ? (
              <a href={href("/settings")}>Set up the mail server under Settings</a>
            ) : (
              "An owner names the mail server under Settings."
            )}
          </Empty>
        }
        toolbar={
          <Tabs
            label="Which e-mails"
            options={[
              ["", "All"],
              ["status=sent", "Sent"],
              ["status=waiting", "Waiting"],
              ["status=failed", "Failed"],
              ["status=skipped", "Not needed"],
            ]}
          />
        }
        columns={[
          { head: "About", cell: (mail: Mail) => label(mail) },
          {
            head: "Order",
            cell: (mail: Mail) =>
              mail.order_id === null ? (
                <span class="muted">{mail.kind === "email_changed" ? "to a customer" : "to staff"}</span>
              ) : (
                <a href={href(`/orders/${mail.order_id}`)}>{mail.order_id}</a>
              ),
          },
          { head: "State", class: "wrap-anywhere", cell: (mail: Mail) => <State mail={mail} /> },
          { head: "Tries", end: true, from: "medium", cell: (mail: Mail) => mail.attempts },
          { head: "When", end: true, from: "medium", cell: (mail: Mail) => <When at={mail.updated_at} /> },
        ]}
      />
    </Page>
  );
}

/** The mails about an order; nothing if there are none. */
export function MailsOf({ order }: { order: number }) {
  const mails = useData("/admin/mails", [], {
    query: { order_id: order, limit: 200 },
    live: ["order.", "payment.", "refund.", "shipment."],
  });
  const rows = mails.data?.data ?? [];
  useReload(mails, soon(rows));
  if (rows.length === 0) return null;
  return (
    <Section title="E-mails to the customer" class="staff-only">
      <Table
        caption="E-mails to the customer"
        steps={false}
        keyOf={(mail: Mail) => mail.id}
        rows={rows}
        columns={[
          { head: "About", cell: (mail: Mail) => label(mail) },
          { head: "State", class: "wrap-anywhere", cell: (mail: Mail) => <State mail={mail} /> },
          { head: "When", end: true, cell: (mail: Mail) => <When at={mail.updated_at} /> },
        ]}
      />
    </Section>
  );
}
