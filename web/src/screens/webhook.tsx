import { useState } from "preact/hooks";
import { explain, get, newKey, post, put, type Row, remove } from "../api/client";
import { useData, useReload } from "../api/data";
import type { ScreenProps } from "../app";
import { go } from "../router";
import { exactTime } from "../text/time";
import { Button } from "../ui/button";
import { confirmAct, Dialog } from "../ui/dialog";
import { saveEdit } from "../ui/edit";
import { List, Tabs, useFilters } from "../ui/list";
import { Page, Section } from "../ui/page";
import { Empty, Failed, Loading } from "../ui/states";
import { Status } from "../ui/status";
import { When } from "../ui/text";
import { notify } from "../ui/toast";
import { tryNow } from "./job-lanes";
import { told, type Webhook, WebhookForm } from "./webhook-form";
import { WebhookSecret, WebhookState } from "./webhooks";

type Delivery = Row<"/admin/webhook-deliveries">;
type Edit = Pick<Webhook, "url" | "description" | "events" | "enabled">;

const labels = { url: "Address", description: "What it is for", events: "Events", enabled: "On" };

export default function WebhookPage({ values }: ScreenProps) {
  const id = Number(values.id);
  const webhook = useData("/admin/webhooks/{id}", [id], { live: ["webhook."] });
  // A pause starts and ends without an event.
  useReload(webhook, 10_000);
  // The webhook as it was when its form opened.
  const [editing, setEditing] = useState<Webhook | undefined>();
  const [secret, setSecret] = useState("");
  const [tested, setTested] = useState(0); // when a test was sent
  const back = { to: "/webhooks", label: "Webhooks" };
  const data = webhook.data;
  if (!data)
    return (
      <Page title={`Webhook ${id}`} back={back}>
        {webhook.error !== undefined ? (
          <Failed error={webhook.error} again={() => void webhook.reload()} />
        ) : (
          <Loading />
        )}
      </Page>
    );
  const name = data.description || data.url;

  const save = async (base: Webhook, edit: Partial<Edit>) => {
    const saved = await saveEdit<Webhook, Edit>(base, edit, {
      load: () => get("/admin/webhooks/{id}", [id]),
      save: (changes, version) => put("/admin/webhooks/{id}", [id], { body: changes, version }),
      fields: ({ url, description, events, enabled }) => ({ url, description, events, enabled }),
      labels,
      show: (field, value) =>
        field === "events"
          ? told(value as string[])
          : field === "enabled"
            ? value
              ? "yes"
              : "no"
            : String(value || "nothing"),
    });
    if (saved) webhook.set(saved);
    return saved;
  };
  const act = async (said: string, run: () => Promise<unknown>) => {
    try {
      if (await run()) notify(said);
    } catch (error) {
      notify(explain(error), { kind: "bad" });
      await webhook.reload();
    }
  };
  const rotate = async () => {
    const sure = await confirmAct({
      title: "Give it a new secret?",
      text: <p>The old one also works for a day, so that the other program has time to change.</p>,
      act: "Make a new secret",
    });
    if (!sure) return;
    await act("It has a new secret", async () => {
      const changed = await post("/admin/webhooks/{id}/rotate-secret", [id]);
      setSecret(changed.secret);
      await webhook.reload();
      return changed;
    });
  };
  const drop = async () => {
    const sure = await confirmAct({
      title: `Remove ${name}?`,
      text: <p>It gets no more events, and waiting ones are not delivered. To pause it, turn it off instead.</p>,
      act: "Remove",
      danger: true,
    });
    if (!sure) return;
    try {
      await remove("/admin/webhooks/{id}", [id], { version: data.version });
      notify(`${name} is removed`);
      go("/webhooks");
    } catch (error) {
      notify(explain(error), { kind: "bad" });
      await webhook.reload();
    }
  };
  return (
    <Page
      title={name}
      back={back}
      actions={
        <>
          {data.enabled && (
            <Button
              class="primary"
              onPress={() =>
                act("A test is on its way", async () => {
                  await post("/admin/webhooks/{id}/test", [id], { idempotencyKey: newKey() });
                  setTested(Date.now());
                  return true;
                })
              }
            >
              Send a test
            </Button>
          )}
          {data.enabled && data.paused_until && (
            <Button onPress={() => tryNow(`webhook-${id}`).finally(() => webhook.reload())}>Try now</Button>
          )}
          <button type="button" onClick={() => setEditing(data)}>
            Edit…
          </button>
          <Button
            onPress={() => act(data.enabled ? "It is off" : "It is on", () => save(data, { enabled: !data.enabled }))}
          >
            {data.enabled ? "Turn off" : "Turn on"}
          </Button>
          <Button onPress={rotate}>New secret…</Button>
          <Button onPress={drop}>Remove…</Button>
        </>
      }
    >
      <div class="columns">
        <Section title="Deliveries" class="flush">
          <Deliveries key={tested} webhook={data} tested={tested} />
        </Section>
        <Section title="Webhook">
          <dl class="facts pad">
            <dt>State</dt>
            <dd>
              <WebhookState webhook={data} />
            </dd>
            <dt>Address</dt>
            <dd>{data.url}</dd>
            <dt>Told of</dt>
            <dd>{told(data.events)}</dd>
            <dt>Since</dt>
            <dd>
              <When at={data.created_at} />
            </dd>
          </dl>
        </Section>
      </div>
      {editing && (
        <Dialog title="Edit the webhook" onClose={() => setEditing(undefined)}>
          <WebhookForm
            webhook={editing}
            submit="Save"
            cancel={() => setEditing(undefined)}
            onSubmit={async (wanted) => {
              if (await save(editing, wanted)) notify("Webhook saved");
              setEditing(undefined);
            }}
          />
        </Dialog>
      )}
      {secret && (
        <Dialog title="The webhook's new secret">
          <WebhookSecret secret={secret} done={() => setSecret("")} />
        </Dialog>
      )}
    </Page>
  );
}

/** How long a test that was just sent may take until its delivery is in the list. */
const testAppears = 10_000;

/** When to read again: new deliveries, and the outcome of one that is being tried now, cause no event. */
function soon(deliveries: readonly Delivery[], tested: number): number | undefined {
  if (Date.now() < tested + testAppears) return 1000;
  const next = Math.min(
    ...deliveries.map((each) => (each.next_attempt_at ? new Date(each.next_attempt_at).getTime() : Infinity)),
  );
  const wait = next - Date.now();
  return Math.min(Math.max(1000, wait + 500), 10_000);
}

function Deliveries({ webhook, tested }: { webhook: Webhook; tested: number }) {
  const { status } = useFilters(["status"] as const);
  const [open, setOpen] = useState<Delivery | undefined>();
  const [replayed, setReplayed] = useState(0);
  const replay = async (delivery: Delivery) => {
    try {
      await post("/admin/webhook-deliveries/{id}/replay", [delivery.id], { idempotencyKey: newKey() });
      notify("It is sent again");
    } catch (error) {
      notify(explain(error), { kind: "bad" });
    }
    setReplayed(replayed + 1);
  };
  return (
    <>
      <List
        key={replayed}
        path="/admin/webhook-deliveries"
        query={{ webhook_id: webhook.id, status }}
        filtered={status !== ""}
        caption="What was sent, newest first"
        keyOf={(delivery: Delivery) => delivery.id}
        again={(deliveries) => soon(deliveries, tested)}
        empty={<Empty title="Nothing was sent yet">Each event that is sent to it appears here, with the answer.</Empty>}
        toolbar={
          <Tabs
            label="Which deliveries"
            options={[
              ["", "All"],
              ["status=delivered", "Delivered"],
              ["status=pending", "Waiting"],
              ["status=failed", "Failed"],
            ]}
          />
        }
        columns={[
          {
            head: "Event",
            cell: (delivery: Delivery) => (
              <>
                <button type="button" class="link" aria-label={delivery.event_kind} onClick={() => setOpen(delivery)}>
                  <Broken text={delivery.event_kind} />
                </button>
                <span class="second wrap-anywhere">{delivery.event_id}</span>
              </>
            ),
          },
          {
            head: "State",
            cell: (delivery: Delivery) => (
              <>
                <Status kind="delivery" value={delivery.status} />
                {delivery.status !== "delivered" && delivery.last_error && (
                  <span class="second wrap-anywhere">{delivery.last_error}</span>
                )}
              </>
            ),
          },
          {
            head: "Answer",
            end: true,
            from: "medium",
            cell: (delivery: Delivery) => delivery.response_status ?? "none",
          },
          { head: "Tries", end: true, from: "medium", cell: (delivery: Delivery) => delivery.attempts },
          {
            head: "When",
            end: true,
            from: "medium",
            cell: (delivery: Delivery) => (
              <>
                <When at={delivery.created_at} />
                {delivery.next_attempt_at && (
                  <span class="second">
                    next try <When at={delivery.next_attempt_at} ago />
                  </span>
                )}
              </>
            ),
          },
          {
            head: "Act",
            acts: true,
            end: true,
            cell: (delivery: Delivery) =>
              delivery.status !== "pending" && webhook.enabled ? (
                <Button class="link" aria-label={`Send again: ${delivery.event_id}`} onPress={() => replay(delivery)}>
                  Send again
                </Button>
              ) : null,
          },
        ]}
      />
      {open && <Payload delivery={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

/** "order.partially_shipped", which may be broken after its dots and underscores. */
function Broken({ text }: { text: string }) {
  return (text.match(/[^._]+[._]?/g) ?? []).flatMap((part, at) => (at === 0 ? [part] : [<wbr key={at} />, part]));
}

function Payload({ delivery, onClose }: { delivery: Delivery; onClose: () => void }) {
  const whole = useData("/admin/webhook-deliveries/{id}", [delivery.id]);
  return (
    <Dialog title={delivery.event_kind} onClose={onClose} wide>
      <div class="dialog-body">
        <p class="muted">
          {delivery.event_id}, {exactTime(delivery.created_at)}
        </p>
        {whole.data ? (
          <pre tabIndex={0} data-first>
            {JSON.stringify(whole.data.payload, null, 2)}
          </pre>
        ) : whole.error !== undefined ? (
          <Failed error={whole.error} again={() => void whole.reload()} />
        ) : (
          <Loading rows={5} />
        )}
      </div>
    </Dialog>
  );
}
