import { type Row, remove } from "../api/client";
import { type Loaded, useData } from "../api/data";
import { deviceName } from "../text/device";
import { Button } from "../ui/button";
import { confirmAct } from "../ui/dialog";
import { Failed, Loading } from "../ui/states";
import { Mood } from "../ui/status";
import { Table } from "../ui/table";
import { When } from "../ui/text";
import { notify } from "../ui/toast";

type OpenSession = Row<"/auth/sessions">;

/** The user's own sessions. */
export function OwnSessions() {
  const sessions = useData("/auth/sessions", [], { whole: true });
  return (
    <Sessions
      sessions={sessions}
      whose="you are"
      end={(id) => remove("/auth/sessions/{id}", [id])}
      endAll={{ label: "Sign out everywhere else", run: () => remove("/auth/sessions", []) }}
    />
  );
}

/** Another user's sessions, for an owner. */
export function SessionsOf({ user }: { user: { id: number; username: string } }) {
  const sessions = useData("/admin/users/{id}/sessions", [user.id], { query: { limit: 200 } });
  return (
    <Sessions
      sessions={sessions}
      whose={`${user.username} is`}
      end={(id) => remove("/admin/users/{id}/sessions/{session}", [user.id, id])}
      endAll={{ label: "Sign out everywhere", run: () => remove("/admin/users/{id}/sessions", [user.id]) }}
    />
  );
}

function Sessions({
  sessions,
  whose,
  end,
  endAll,
}: {
  sessions: Pick<Loaded<{ data: OpenSession[] }>, "data" | "error" | "reload">;
  /** "you are", "anna is": signed in. */
  whose: string;
  end: (id: number) => Promise<unknown>;
  endAll: { label: string; run: () => Promise<{ ended: number }> };
}) {
  const rows = sessions.data?.data;
  const act = async (what: () => Promise<string>) => {
    try {
      notify(await what());
    } finally {
      await sessions.reload();
    }
  };
  const endEvery = async () => {
    const sure = await confirmAct({
      title: `${endAll.label}?`,
      text: <p>Each of these devices has to sign in again.</p>,
      act: endAll.label,
      danger: true,
    });
    if (!sure) return;
    await act(async () => {
      const { ended } = await endAll.run();
      return ended === 1 ? "One session has ended" : `${ended} sessions have ended`;
    });
  };
  if (!rows)
    return (
      <div class="pad">
        {sessions.error !== undefined ? (
          <Failed error={sessions.error} again={() => void sessions.reload()} />
        ) : (
          <Loading rows={2} />
        )}
      </div>
    );
  if (rows.length === 0) return <p class="pad muted">Not signed in anywhere.</p>;
  return (
    <>
      <Table
        caption={`Where ${whose} signed in`}
        rows={rows}
        keyOf={(session: OpenSession) => session.id}
        steps={false}
        columns={[
          {
            head: "Device",
            class: "wrap-anywhere",
            cell: (session: OpenSession) => (
              <>
                {deviceName(session.user_agent)}
                {session.current && <Mood tone="good">this one</Mood>}
              </>
            ),
          },
          { head: "From", class: "wrap-anywhere", cell: (session: OpenSession) => session.address || "unknown" },
          { head: "Last used", cell: (session: OpenSession) => <When at={session.last_used_at} ago /> },
          { head: "Since", from: "large", cell: (session: OpenSession) => <When at={session.created_at} /> },
          {
            head: "Act",
            acts: true,
            end: true,
            cell: (session: OpenSession) =>
              session.current ? null : (
                <Button
                  class="link danger"
                  aria-label={`End the session of ${deviceName(session.user_agent)} from ${session.address}`}
                  onPress={() =>
                    act(async () => {
                      await end(session.id);
                      return "The session has ended";
                    })
                  }
                >
                  End
                </Button>
              ),
          },
        ]}
      />
      {rows.some((session) => !session.current) && (
        <p class="pad">
          <Button onPress={endEvery}>{endAll.label}…</Button>
        </p>
      )}
    </>
  );
}
