import type { ComponentChildren } from "preact";
import { type Answer, post, put, remove } from "../api/client";
import { useData } from "../api/data";
import { Button } from "../ui/button";
import { Checkbox, FieldFault, Form, GroupFault, TextField, type Values } from "../ui/form";
import { Section } from "../ui/page";
import { Failed, Loading } from "../ui/states";
import { When } from "../ui/text";
import { notify } from "../ui/toast";

type Notices = Answer<"/admin/notices", "get">;
type About = NonNullable<Notices["mail"]>["about"][number];

const abouts: readonly (readonly [About, string])[] = [
  ["order_paid", "An order is paid"],
  ["payment_failed", "A payment failed"],
  ["payment_disputed", "A payment is disputed"],
  ["refund_failed", "A refund failed"],
  ["refund_to_send", "A refund is to be sent by hand"],
  ["withdrawal", "A customer withdraws, or sends goods back"],
  ["low_stock", "A product runs low"],
  ["dead_job", "A job failed for good"],
  ["late_backup", "The backup is late"],
];

/** What the user is told of, and how. */
export function OwnNotices() {
  const notices = useData("/admin/notices");
  const { data } = notices;
  return (
    <Section title="What you are told of">
      {!data ? (
        <div class="pad">
          {notices.error !== undefined ? (
            <Failed error={notices.error} again={() => void notices.reload()} />
          ) : (
            <Loading rows={3} />
          )}
        </div>
      ) : (
        <>
          <p class="pad muted">
            The first message comes at once; what follows within five minutes comes in one. It names orders and sums,
            never customers.
          </p>
          <ByMail notices={data} onChanged={() => void notices.reload()} />
          <ByPost notices={data} onChanged={() => void notices.reload()} />
        </>
      )}
    </Section>
  );
}

interface Part {
  notices: Notices;
  onChanged: () => void;
}

function ByMail({ notices: { mail, mail_set_up }, onChanged }: Part) {
  return (
    <Way
      title="By e-mail"
      state={mail}
      onSave={async (values, about) => {
        await put("/admin/notices/mail", [], { body: { address: values.address!.trim(), about } });
        onChanged();
      }}
      onEnd={async () => {
        await remove("/admin/notices/mail", []);
        onChanged();
      }}
      onTest={() => post("/admin/notices/mail/test", [])}
    >
      <TextField
        name="address"
        label="Your e-mail address"
        type="email"
        required
        value={mail?.address ?? ""}
        {...(!mail_set_up && { hint: "The shop cannot send mail yet: an owner sets that up under Settings, E-mail." })}
      />
    </Way>
  );
}

function ByPost({ notices: { post: state }, onChanged }: Part) {
  return (
    <Way
      title="On your phone"
      state={state}
      onSave={async (values, about) => {
        await put("/admin/notices/post", [], { body: { url: values.url!.trim(), about } });
        onChanged();
      }}
      onEnd={async () => {
        await remove("/admin/notices/post", []);
        onChanged();
      }}
      onTest={() => post("/admin/notices/post/test", [])}
    >
      <TextField
        name="url"
        label="Address"
        type="url"
        inputMode="url"
        required
        maxLength={2000}
        value={state?.url ?? ""}
        hint="A topic of the app ntfy, such as https://ntfy.sh/ and letters that nobody guesses."
      />
    </Way>
  );
}

function Way({
  title,
  state,
  onSave,
  onEnd,
  onTest,
  children,
}: {
  title: string;
  state: { about: readonly About[]; last_sent_at: string | null; last_error: string } | null;
  onSave: (values: Values, about: About[]) => Promise<void>;
  onEnd: () => Promise<void>;
  onTest: () => Promise<{ sent_to: string }>;
  children: ComponentChildren;
}) {
  return (
    <div class="notice-way" role="group" aria-label={title}>
      <Form
        submit="Save"
        onSubmit={async (values) => {
          const about = abouts.map(([name]) => name).filter((name) => values[name] === "on");
          if (about.length === 0) throw new FieldFault("about", "Choose at least one.");
          await onSave(values, about);
          notify("Saved");
        }}
      >
        <h3>{title}</h3>
        {children}
        <fieldset class="scopes">
          <legend>Tell me when</legend>
          <GroupFault name="about" label="This list" />
          {abouts.map(([name, label]) => (
            <Checkbox key={name} name={name} label={label} checked={state?.about.includes(name) ?? false} />
          ))}
        </fieldset>
      </Form>
      {state && (
        <div class="pad">
          <div class="acts">
            <Button
              onPress={async () => {
                const { sent_to } = await onTest();
                notify(`A test went to ${sent_to}`);
              }}
            >
              Send a test
            </Button>
            <Button
              onPress={async () => {
                await onEnd();
                notify("You are told nothing this way any more");
              }}
            >
              Stop
            </Button>
          </div>
          {state.last_error ? (
            <p class="bad spaced wrap-anywhere">The last try failed: {state.last_error}</p>
          ) : (
            state.last_sent_at && (
              <p class="muted spaced">
                Last told <When at={state.last_sent_at} ago />
              </p>
            )
          )}
        </div>
      )}
    </div>
  );
}
