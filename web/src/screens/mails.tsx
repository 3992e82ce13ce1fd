import { useState } from "preact/hooks";
import { newKey, post, type Row } from "../api/client";
import { useData, useReload } from "../api/data";
import { href } from "../router";
import { useMay, useSession } from "../session";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { List, Tabs, useFilters } from "../ui/list";
import { Page, Section } from "../ui/page";
import { Empty, Failed, Loading } from "../ui/states";
import { Status } from "../ui/status";
import { Table } from "../ui/table";
import { When } from "../ui/text";
import { notify } from "../ui/toast";

type Mail = Row<"/admin/mails">;

/** What a mail is about, in the words of its subject. */
const kinds: Record<string, string> = {
  order_placed: "Order placed",
  payment_received: "Payment received",
  payment_failed: "Payment failed",
  payment_link: "Payment link",
  payment_reminder: "Payment reminder",
  refunded: "Refunded",
  ready: "Ready",
  shipped: "Shipped",
  delivered: "Delivered",
  cancelled: "Cancelled",
  expired: "Expired",
  low_stock: "Low stock",
  email_changed: "E-mail address changed",
  password_forgotten: "Code for a forgotten password",
  return_received: "Withdrawal or return received",
};

const label = ({ kind }: Mail) => kinds[kind] ?? kind.replaceAll("_", " ");

/**
 * Neither its making, shortly after what it tells of, nor its sending causes an event. It is mostly sent at once, or within
 * days if the server does not accept it. `sends`: whether the shop sends mails at all.
 */
function soon(mails: readonly Mail[], sends: boolean): number | undefined {
  const waiting = mails.filter(({ status }) => status === "waiting");
  if (waiting.length === 0) return sends ? 10_000 : undefined;
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
        Mails to customers about their orders. What the mail server does not take is tried again for two days.
      </p>
      <List
        path="/admin/mails"
        query={{ status, order_id }}
        filtered={status !== "" || order_id !== ""}
        live={["order.", "payment.", "refund.", "shipment.", "alert."]}
        again={(rows) => soon(rows, mails)}
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
                <span class="muted">{mail.kind === "low_stock" ? "to staff" : "to a customer"}</span>
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

/** A mail as its customer would get it now, and the button that sends it once more. */
function Shown({ mail, onClose, onSent }: { mail: Mail; onClose: () => void; onSent: () => void }) {
  const shown = useData("/admin/mails/{id}", [mail.id]);
  const now = shown.data;
  const again = async () => {
    await post("/admin/mails/{id}/send-again", [mail.id], { idempotencyKey: newKey() });
    notify(`Sent again to ${now!.to}`);
    onSent();
    onClose();
  };
  return (
    <Dialog title={label(mail)} wide onClose={onClose}>
      <div class="dialog-body">
        {!now ? (
          shown.error !== undefined ? (
            <Failed error={shown.error} again={() => void shown.reload()} />
          ) : (
            <Loading rows={6} />
          )
        ) : now.not_sent_now ? (
          <p class="notice">It would not be sent now: {now.not_sent_now}.</p>
        ) : (
          <>
            <dl class="facts">
              <dt>To</dt>
              <dd class="wrap-anywhere">{now.to}</dd>
              <dt>Subject</dt>
              <dd>{now.subject}</dd>
            </dl>
            <p class="mail-text">{now.text}</p>
            <p class="muted">With the order as it is now: mails are not kept.</p>
          </>
        )}
      </div>
      <footer class="actions">
        <button type="button" onClick={onClose}>
          Close
        </button>
        {now && !now.not_sent_now && now.status !== "waiting" && (
          <Button class="primary" onPress={again}>
            {now.status === "sent" ? "Send again" : "Send"}
          </Button>
        )}
      </footer>
    </Dialog>
  );
}

/** The mails about an order; nothing if there are none. */
export function MailsOf({ order }: { order: number }) {
  const mayRead = useMay("staff");
  const { mails: sends } = useSession().shop;
  const [shown, setShown] = useState<Mail | undefined>();
  const mails = useData("/admin/mails", [], {
    query: { order_id: order, limit: 200 },
    live: ["order.", "payment.", "refund.", "shipment."],
  });
  const rows = mails.data?.data ?? [];
  useReload(mails, soon(rows, sends));
  if (rows.length === 0) return null;
  return (
    <Section title="E-mails to the customer" class="staff-only">
      <Table
        caption="E-mails to the customer"
        steps={false}
        keyOf={(mail: Mail) => mail.id}
        rows={rows}
        columns={[
          {
            head: "About",
            cell: (mail: Mail) =>
              mayRead ? (
                <button type="button" class="link" onClick={() => setShown(mail)}>
                  {label(mail)}
                </button>
              ) : (
                label(mail)
              ),
          },
          { head: "State", class: "wrap-anywhere", cell: (mail: Mail) => <State mail={mail} /> },
          { head: "When", end: true, cell: (mail: Mail) => <When at={mail.updated_at} /> },
        ]}
      />
      {shown && <Shown mail={shown} onClose={() => setShown(undefined)} onSent={() => void mails.reload()} />}
    </Section>
  );
}
