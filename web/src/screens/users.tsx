import { useState } from "preact/hooks";
import { explain, get, Problem, post, put, type Row } from "../api/client";
import { useData } from "../api/data";
import { type Role, useSession } from "../session";
import { Button } from "../ui/button";
import { confirmAct, Dialog } from "../ui/dialog";
import { saveEdit } from "../ui/edit";
import { FieldFault, Form, SelectField, TextField } from "../ui/form";
import { Page } from "../ui/page";
import { Failed, Loading } from "../ui/states";
import { Mood } from "../ui/status";
import { Table } from "../ui/table";
import { When } from "../ui/text";
import { notify } from "../ui/toast";
import { SessionsOf } from "./sessions";

type User = Row<"/admin/users">;
type Key = Row<"/admin/api-keys">;

const roles = [
  ["viewer", "Viewer: sees everything, changes nothing"],
  ["staff", "Staff: orders, stock, payments, parcels"],
  ["owner", "Owner: all of it, and users, keys, settings"],
] as const;

export default function Users() {
  const users = useData("/admin/users", [], { live: ["admin."], whole: true });
  const [adding, setAdding] = useState(false);
  const [editing, setEditing] = useState<User | undefined>();
  const me = useSession().user;
  const rows = users.data?.data;
  return (
    <Page
      title="Users"
      actions={
        <button type="button" class="primary" onClick={() => setAdding(true)}>
          Add a user
        </button>
      }
    >
      {!rows ? (
        users.error !== undefined ? (
          <Failed error={users.error} again={() => void users.reload()} />
        ) : (
          <Loading />
        )
      ) : (
        <Table
          caption="Users"
          rows={rows}
          keyOf={(user: User) => user.id}
          tone={(user: User) => (user.active ? undefined : "dim")}
          columns={[
            {
              head: "User",
              cell: (user: User) => (
                <>
                  <button type="button" class="link" onClick={() => setEditing(user)}>
                    {user.username}
                  </button>
                  {user.id === me.id && <span class="second">that is you</span>}
                </>
              ),
            },
            { head: "Role", cell: (user: User) => user.role },
            {
              head: "Signs in",
              cell: (user: User) =>
                !user.active ? (
                  <Mood tone="" fill="">
                    no
                  </Mood>
                ) : user.totp ? (
                  <Mood tone="good">with a code</Mood>
                ) : (
                  <Mood tone="" fill="half">
                    password only
                  </Mood>
                ),
            },
            { head: "Since", end: true, from: "medium", cell: (user: User) => <When at={user.created_at} /> },
          ]}
        />
      )}
      {adding && (
        <Dialog title="Add a user" onClose={() => setAdding(false)}>
          <Form
            submit="Add"
            cancel={() => setAdding(false)}
            onSubmit={async ({ username, password, role }) => {
              const user = await post("/admin/users", [], {
                body: { username: username!.trim(), password: password!, role: role as Role },
              });
              notify(`${user.username} may sign in now`);
              setAdding(false);
              await users.reload();
            }}
          >
            <TextField name="username" label="Username" autoCapitalize="none" maxLength={64} required />
            <TextField
              name="password"
              label="First password"
              type="password"
              autoComplete="new-password"
              required
              hint="Twelve characters or more, and no common ones. Ask them to change it under their name."
            />
            <SelectField name="role" label="Role" options={roles} value="staff" />
          </Form>
        </Dialog>
      )}
      {editing && (
        <EditUser
          user={editing}
          others={(rows ?? []).filter((user) => user.id !== editing.id && user.active && user.role !== "viewer")}
          onClose={() => {
            setEditing(undefined);
            void users.reload();
          }}
        />
      )}
    </Page>
  );
}

interface Edit {
  username: string;
  role: Role;
  active: boolean;
  /** A new password; empty: unchanged. */
  password: string;
}

const rank: Record<Role, number> = { viewer: 1, staff: 2, owner: 3 };

/** The API keys for which a user may no longer be responsible after this edit. */
async function keysThatEnd(user: User, { role, active }: Edit): Promise<Key[]> {
  if (active && rank[role] >= rank[user.role]) return [];
  const keys = await get("/admin/api-keys", [], { query: { held_by: user.id, limit: 200 } });
  return keys.data.filter((key) => !active || rank[key.role] > rank[role]);
}

/**
 * A user who can no longer manage orders hands the open ones to someone: the form asks for it when the server does.
 * API keys that the user may no longer have end, or go to someone else: a till must not just stop working.
 */
function EditUser({ user, others, onClose }: { user: User; others: User[]; onClose: () => void }) {
  const [openOrders, setOpenOrders] = useState(0);
  const [keys, setKeys] = useState<Key[]>([]);
  const [sessions, setSessions] = useState(false);
  const me = useSession();
  const own = user.id === me.user.id;
  const resetCodes = async () => {
    const sure = await confirmAct({
      title: `Let ${user.username} sign in without a code?`,
      text: <p>For someone who lost the authenticator app. Make sure that it is really them.</p>,
      act: "Ask for no code",
      danger: true,
    });
    if (!sure) return;
    await post("/admin/users/{id}/reset-totp", [user.id]).then(
      () => notify(`${user.username} now signs in with only the password`),
      (error: unknown) => notify(explain(error), { kind: "bad" }),
    );
    onClose();
  };
  return (
    <Dialog title={user.username} onClose={onClose}>
      <Form
        submit="Save"
        cancel={onClose}
        onSubmit={async (fields) => {
          const edit: Edit = {
            username: fields.username!.trim(),
            role: fields.role as Role,
            active: fields.active === "yes",
            password: fields.password ?? "",
          };
          const ending = await keysThatEnd(user, edit);
          if (ending.length > 0 && !fields.keys_to) {
            if (keys.length > 0) throw new FieldFault("keys_to", "Choose what becomes of them.");
            setKeys(ending);
            return;
          }
          const handOver = {
            ...(fields.hand_over_to && { hand_over_to: Number(fields.hand_over_to) }),
            ...(fields.keys_to && fields.keys_to !== "end" && { keys_to: Number(fields.keys_to) }),
          };
          if (openOrders > 0 && !fields.hand_over_to)
            throw new FieldFault("hand_over_to", "Choose who looks after them.");
          try {
            const saved = await saveEdit<User, Edit>(user, edit, {
              load: () => get("/admin/users/{id}", [user.id]),
              save: ({ password, ...changes }, version) =>
                put("/admin/users/{id}", [user.id], {
                  body: { ...changes, ...handOver, ...(password && { password }) },
                  version,
                }),
              fields: ({ username, role, active }) => ({ username, role, active, password: "" }),
              labels: { username: "Username", role: "Role", active: "May sign in", password: "Password" },
              show: (field, value) =>
                field === "password" ? "a new one" : field === "active" ? (value ? "yes" : "no") : String(value),
            });
            if (saved) notify(`${saved.username} saved`);
          } catch (error) {
            if (error instanceof Problem && error.code === "has_open_orders") {
              setOpenOrders(Number(error.body.open_orders));
              return;
            }
            throw error;
          }
          if (user.id === me.user.id) await me.refresh();
          onClose();
        }}
      >
        <TextField
          name="username"
          label="Username"
          value={user.username}
          autoCapitalize="none"
          maxLength={64}
          required
        />
        <SelectField name="role" label="Role" options={roles} value={user.role} />
        <SelectField
          name="active"
          label="May sign in"
          options={[
            ["yes", "Yes"],
            ["no", "No: the name stays in the history of what they did"],
          ]}
          value={user.active ? "yes" : "no"}
        />
        {!own && (
          <TextField
            name="password"
            label="New password"
            type="password"
            autoComplete="new-password"
            optional
            hint="Ends their sessions. Empty: it stays as it is."
          />
        )}
        {openOrders > 0 && (
          <SelectField
            name="hand_over_to"
            label={`Who looks after their ${openOrders} open ${openOrders === 1 ? "order" : "orders"} from now on?`}
            options={[["", "Choose…"], ...others.map((other) => [String(other.id), other.username] as const)]}
          />
        )}
        {keys.length > 0 && (
          <SelectField
            name="keys_to"
            label={`They answer for the API ${keys.length === 1 ? "key" : "keys"} ${keys.map((key) => key.label).join(", ")}. Who does from now on?`}
            options={[
              ["", "Choose…"],
              ["end", "Nobody: they end at once"],
              ...others.map((other) => [String(other.id), other.username] as const),
            ]}
          />
        )}
        {!own && (
          <p>
            <button type="button" class="link" onClick={() => setSessions(true)}>
              Where they are signed in…
            </button>
          </p>
        )}
        {user.totp && !own && (
          <p>
            <Button class="link" onPress={resetCodes}>
              Lost the authenticator app…
            </Button>
          </p>
        )}
      </Form>
      {sessions && (
        <Dialog title={`Where ${user.username} is signed in`} onClose={() => setSessions(false)}>
          <SessionsOf user={user} />
        </Dialog>
      )}
    </Dialog>
  );
}
