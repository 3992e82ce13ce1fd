import { useState } from "preact/hooks";
import { post, type Row } from "../api/client";
import { go, href } from "../router";
import { Dialog } from "../ui/dialog";
import { List } from "../ui/list";
import { Page } from "../ui/page";
import { Secret } from "../ui/secret";
import { Empty } from "../ui/states";
import { Mood } from "../ui/status";
import { When } from "../ui/text";
import { told, WebhookForm } from "./webhook-form";

type Webhook = Row<"/admin/webhooks">;

export function WebhookState({
  webhook,
}: {
  webhook: Pick<Webhook, "enabled" | "disabled_because" | "paused_until" | "paused_because">;
}) {
  if (webhook.enabled && webhook.paused_until)
    return (
      <>
        <Mood tone="warn" fill="half">
          Paused
        </Mood>
        <span class="second">
          {webhook.paused_because}; tried again <When at={webhook.paused_until} ago />
        </span>
      </>
    );
  if (webhook.enabled) return <Mood tone="good">On</Mood>;
  return (
    <>
      <Mood tone={webhook.disabled_because ? "bad" : ""} fill={webhook.disabled_because ? "full" : ""}>
        Off
      </Mood>
      {webhook.disabled_because && <span class="second">{webhook.disabled_because}</span>}
    </>
  );
}

/** Shown to whoever added an endpoint, or gave it a new secret. */
export function WebhookSecret({ secret, done }: { secret: string; done: () => void }) {
  return (
    <Secret secret={secret} done={done}>
      <p>
        Copy it now: it is not shown again. With it, the other program checks that a delivery comes from this shop, as{" "}
        <a href="https://www.standardwebhooks.com/" target="_blank" rel="noreferrer">
          Standard Webhooks
        </a>{" "}
        says.
      </p>
    </Secret>
  );
}

export default function Webhooks() {
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<{ id: number; secret: string } | undefined>();
  return (
    <Page
      title="Webhooks"
      actions={
        <button type="button" class="primary" onClick={() => setAdding(true)}>
          Add a webhook
        </button>
      }
    >
      <p class="muted lead">
        Other programs that get the shop's events as they happen. An event that could not be delivered is tried again
        for three days.
      </p>
      <List
        path="/admin/webhooks"
        query={{}}
        filtered={false}
        live={["webhook."]}
        caption="Webhooks, newest first"
        keyOf={(webhook: Webhook) => webhook.id}
        tone={(webhook: Webhook) => (webhook.enabled ? undefined : "dim")}
        empty={
          <Empty title="No webhooks yet">
            Add the address of your accounting, a warehouse, or a chat that should get orders.
          </Empty>
        }
        columns={[
          {
            head: "Webhook",
            class: "wrap-anywhere",
            cell: (webhook: Webhook) => (
              <>
                <a href={href(`/webhooks/${webhook.id}`)}>{webhook.description || webhook.url}</a>
                {webhook.description && <span class="second">{webhook.url}</span>}
              </>
            ),
          },
          { head: "Told of", from: "medium", cell: (webhook: Webhook) => told(webhook.events) },
          { head: "State", cell: (webhook: Webhook) => <WebhookState webhook={webhook} /> },
          { head: "Since", end: true, from: "large", cell: (webhook: Webhook) => <When at={webhook.created_at} /> },
        ]}
      />
      {adding && (
        <Dialog title="Add a webhook" onClose={() => setAdding(false)}>
          <WebhookForm
            submit="Add"
            cancel={() => setAdding(false)}
            onSubmit={async (wanted) => {
              const { id, secret = "" } = await post("/admin/webhooks", [], { body: wanted });
              setMade({ id, secret });
              setAdding(false);
            }}
          />
        </Dialog>
      )}
      {made && (
        <Dialog title="The webhook's secret">
          <WebhookSecret secret={made.secret} done={() => go(`/webhooks/${made.id}`)} />
        </Dialog>
      )}
    </Page>
  );
}
