import { useState } from "preact/hooks";
import { type Body, explain, post, type Row, remove } from "../api/client";
import { useData } from "../api/data";
import { Button } from "../ui/button";
import { confirmAct, Dialog } from "../ui/dialog";
import { Checkbox, FieldFault, Form, SelectField, TextField } from "../ui/form";
import { List } from "../ui/list";
import { Page } from "../ui/page";
import { Secret } from "../ui/secret";
import { Empty } from "../ui/states";
import { Mood } from "../ui/status";
import { When } from "../ui/text";
import { notify } from "../ui/toast";

type ApiKey = Row<"/admin/api-keys">;
type Scope = NonNullable<Body<"/admin/api-keys", "post">["scopes"]>[number];

export default function ApiKeys() {
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState("");
  const [reloads, setReloads] = useState(0);
  const users = useData("/admin/users", [], { whole: true }).data?.data ?? [];
  const nameOf = (id: number) => users.find((user) => user.id === id)?.username ?? `user ${id}`;
  const revoke = async (key: ApiKey) => {
    const sure = await confirmAct({
      title: `Revoke ${key.label}?`,
      text: <p>Any program that uses this key is refused from now on. A revoked key cannot be restored.</p>,
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
        For programs: a shop front, a till, accounting. A key ends with the access of the user who holds it. What they
        can ask for stands in <a href="/docs">the API's documentation</a>.
      </p>
      <List
        key={reloads}
        path="/admin/api-keys"
        query={{}}
        filtered={false}
        caption="API keys, newest first"
        keyOf={(key: ApiKey) => key.id}
        tone={(key: ApiKey) => (key.revoked_at ? "dim" : undefined)}
        empty={
          <Empty title="No keys yet">
            Each program gets its own key, so that one can be revoked without the others.
          </Empty>
        }
        columns={[
          { head: "Key", class: "wrap-anywhere", cell: (key: ApiKey) => <b>{key.label}</b> },
          { head: "May", class: "wrap-anywhere", cell: (key: ApiKey) => <May apiKey={key} /> },
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
          {
            head: "Last used",
            from: "medium",
            cell: (key: ApiKey) => (key.last_used_at ? <When at={key.last_used_at} /> : "never"),
          },
          {
            head: "Runs out",
            from: "medium",
            cell: (key: ApiKey) => (key.expires_at ? <When at={key.expires_at} /> : "never"),
          },
          {
            head: "Held by",
            from: "large",
            cell: (key: ApiKey) => (
              <>
                {nameOf(key.held_by)}
                {key.held_by !== key.created_by && <span class="second">made by {nameOf(key.created_by)}</span>}
              </>
            ),
          },
          {
            head: "Act",
            acts: true,
            end: true,
            cell: (key: ApiKey) =>
              key.revoked_at ? null : (
                <Button class="link danger" aria-label={`Revoke ${key.label}`} onPress={() => revoke(key)}>
                  Revoke…
                </Button>
              ),
          },
        ]}
      />
      {adding && (
        <Dialog title="Make a key" onClose={() => setAdding(false)}>
          <NewKey
            onMade={(made) => {
              setAdding(false);
              setSecret(made);
              setReloads(reloads + 1);
            }}
            cancel={() => setAdding(false)}
          />
        </Dialog>
      )}
      {secret && (
        <Dialog title="The key's secret">
          <Secret secret={secret} done={() => setSecret("")}>
            <p>Copy it now: it is not stored in readable form, and not shown again.</p>
          </Secret>
        </Dialog>
      )}
    </Page>
  );
}

function May({ apiKey: { role, scopes } }: { apiKey: ApiKey }) {
  if (scopes.length === 0) return <>{role === "viewer" ? "read" : "read and change"}</>;
  return (
    <>
      {scopes.map((scope) => {
        const [area, verb] = scope.split(":");
        return <div key={scope}>{verb === "write" ? `read and change ${area}` : `read ${area}`}</div>;
      })}
    </>
  );
}

/** The parts of the API, as grouped in its documentation. */
const areas = [
  "orders",
  "payments",
  "documents",
  "fulfillment",
  "products",
  "inventory",
  "customers",
  "stats",
  "events",
  "jobs",
  "webhooks",
] as const;

function NewKey({ onMade, cancel }: { onMade: (secret: string) => void; cancel: () => void }) {
  const [role, setRole] = useState("viewer");
  const [part, setPart] = useState(false);
  return (
    <Form
      submit="Make"
      cancel={cancel}
      onSubmit={async (values) => {
        const expires = values.days ? new Date(Date.now() + Number(values.days) * 86_400_000).toISOString() : null;
        const scopes = areas.flatMap((area) =>
          values[`scope-${area}`] ? [`${area}:${values[`scope-${area}`]}` as Scope] : [],
        );
        if (part && scopes.length === 0) throw new FieldFault(`scope-${areas[0]}`, "Choose at least one part.");
        const key = await post("/admin/api-keys", [], {
          body: {
            label: values.label!.trim(),
            role: values.role as "viewer",
            expires_at: expires,
            ...(part && { scopes }),
          },
        });
        onMade(key.secret ?? "");
      }}
    >
      <TextField name="label" label="What it is for" maxLength={100} required />
      <SelectField
        name="role"
        label="It may"
        value={role}
        onChange={setRole}
        options={[
          ["viewer", "Read"],
          ["staff", "Read and change, as staff may"],
        ]}
      />
      <Checkbox name="part" label="Only parts of the API" checked={part} onChange={setPart} />
      {part && (
        <fieldset class="scopes">
          <legend>What it may use</legend>
          {areas.map((area) => (
            <SelectField
              key={area}
              name={`scope-${area}`}
              label={area[0]!.toUpperCase() + area.slice(1)}
              options={[
                ["", "nothing"],
                ["read", "read"],
                ...(role === "staff" ? [["write", "read and change"] as const] : []),
              ]}
            />
          ))}
        </fieldset>
      )}
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
  );
}
