import { useState } from "preact/hooks";
import { explain, post, remove, type Row } from "../api/client";
import { useData } from "../api/data";
import { confirmAct, Dialog } from "../ui/dialog";
import { Form, SelectField, TextField } from "../ui/form";
import { Icon } from "../ui/icon";
import { List } from "../ui/list";
import { Page } from "../ui/page";
import { Empty } from "../ui/states";
import { Mood } from "../ui/status";
import { When } from "../ui/text";
import { notify } from "../ui/toast";

type ApiKey = Row<"/admin/api-keys">;

export default function ApiKeys() {
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState("");
  const [reloads, setReloads] = useState(0);
  const users = useData("/admin/users").data?.data ?? [];
  const revoke = async (key: ApiKey) => {
    const sure = await confirmAct({
      title: `Revoke ${key.label}?`,
      text: <p>Whatever uses this key is refused from now on. A revoked key does not come back.</p>,
      act: "Revoke",
      danger: true,
    });
    if (!sure) return;
    try {
      await remove("/admin/api-keys/{id}", [key.id]);
      notify(`${key.label} is revoked`);
    } catch (error) {
      notify(explain(error), { kind: "bad" });
    }
    setReloads(reloads + 1);
  };
  return (
    <Page
      title="API keys"
      actions={
        <button type="button" class="primary" onClick={() => setAdding(true)}>
          Make a key
        </button>
      }
    >
      <p class="muted lead">
        For programs: a shop front, a till, the books. What they can ask for stands in <a href="/docs">the API's documentation</a>.
      </p>
      <List
        key={reloads}
        path="/admin/api-keys"
        query={{}}
        filtered={false}
        caption="API keys, newest first"
        keyOf={(key: ApiKey) => key.id}
        tone={(key: ApiKey) => (key.revoked_at ? "dim" : undefined)}
        empty={<Empty title="No keys yet">Each program gets a key of its own, so that one can be revoked without the others.</Empty>}
        columns={[
          { head: "Key", class: "wrap-anywhere", cell: (key: ApiKey) => <b>{key.label}</b> },
          { head: "May", cell: (key: ApiKey) => (key.role === "viewer" ? "read" : "read and change") },
          {
            head: "State",
            cell: (key: ApiKey) =>
              key.revoked_at ? (
                <Mood tone="" fill="">
                  Revoked
                </Mood>
              ) : key.expires_at && new Date(key.expires_at) < new Date() ? (
                <Mood tone="" fill="half">
                  Ran out
                </Mood>
              ) : (
                <Mood tone="good">Good</Mood>
              ),
          },
          { head: "Last used", from: "medium", cell: (key: ApiKey) => (key.last_used_at ? <When at={key.last_used_at} /> : "never") },
          { head: "Runs out", from: "medium", cell: (key: ApiKey) => (key.expires_at ? <When at={key.expires_at} /> : "never") },
          {
            head: "Made by",
            from: "large",
            cell: (key: ApiKey) => users.find((user) => user.id === key.created_by)?.username ?? `user ${key.created_by}`,
          },
          {
            head: "Act",
            acts: true,
            end: true,
            cell: (key: ApiKey) =>
              key.revoked_at ? null : (
                <button type="button" class="link danger" aria-label={`Revoke ${key.label}`} onClick={() => void revoke(key)}>
                  Revoke…
                </button>
              ),
          },
        ]}
      />
      {adding && (
        <Dialog title={secret ? "The key's secret" : "Make a key"} onClose={() => setAdding(false)}>
          {secret ? (
            <Secret
              secret={secret}
              done={() => {
                setAdding(false);
                setSecret("");
                setReloads(reloads + 1);
              }}
            />
          ) : (
            <Form
              submit="Make"
              cancel={() => setAdding(false)}
              onSubmit={async ({ label, role, days }) => {
                const expires = days ? new Date(Date.now() + Number(days) * 86_400_000).toISOString() : null;
                const key = await post("/admin/api-keys", [], {
                  body: { label: label!.trim(), role: role as "viewer", expires_at: expires },
                });
                setSecret(key.secret);
              }}
            >
              <TextField name="label" label="What it is for" maxLength={100} />
              <SelectField
                name="role"
                label="It may"
                options={[
                  ["viewer", "Read"],
                  ["staff", "Read and change, as staff may"],
                ]}
              />
              <SelectField
                name="days"
                label="Runs out"
                value="365"
                options={[
                  ["30", "in 30 days"],
                  ["90", "in 90 days"],
                  ["365", "in a year"],
                  ["", "never"],
                ]}
              />
            </Form>
          )}
        </Dialog>
      )}
    </Page>
  );
}

/** A secret that is shown once. */
export function Secret({ secret, done }: { secret: string; done: () => void }) {
  return (
    <>
      <div class="dialog-body">
        <p>Copy it now: it is stored nowhere in a form that could be read, and not shown again.</p>
        <p class="secret">
          <code>{secret}</code>
          <button
            type="button"
            aria-label="Copy"
            data-first
            onClick={() => void navigator.clipboard.writeText(secret).then(() => notify("Copied"))}
          >
            <Icon name="copy" /> Copy
          </button>
        </p>
      </div>
      <footer class="actions">
        <button type="button" class="primary" onClick={done}>
          I have it
        </button>
      </footer>
    </>
  );
}
