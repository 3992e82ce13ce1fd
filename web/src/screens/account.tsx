import { useState } from "preact/hooks";
import { Problem, post, put } from "../api/client";
import { useData } from "../api/data";
import { useSession } from "../session";
import { Dialog } from "../ui/dialog";
import { FieldFault, Form, TextField } from "../ui/form";
import { Page, Section } from "../ui/page";
import { QrCode } from "../ui/qr";
import { Failed, Loading } from "../ui/states";
import { Mood } from "../ui/status";
import { notify } from "../ui/toast";
import { OwnNotices } from "./account-notices";
import { OwnSessions } from "./sessions";

/** The server's limits for a password; its error says more. */
const passwordHint = (codes: boolean) =>
  `${codes ? "Eight" : "Twelve"} characters or more, and no common ones: three or four words are good.`;

/** The user's own password, second factor, notices and sessions. */
export default function Account() {
  const { user } = useSession();
  const me = useData("/auth/me");
  const [form, setForm] = useState(0);
  const [open, setOpen] = useState<"on" | "off" | undefined>();
  return (
    <Page title={user.username}>
      <div class="stack narrow">
        <Section title="Password">
          <Form
            key={form}
            submit="Change the password"
            onSubmit={async ({ current_password, new_password, again }) => {
              if (new_password !== again) throw new FieldFault("again", "The two passwords differ.");
              await put("/auth/password", [], {
                body: { current_password: current_password!, new_password: new_password! },
              });
              notify("The password is changed; your other sessions have ended");
              setForm(form + 1);
            }}
          >
            <TextField
              name="current_password"
              label="Current password"
              type="password"
              autoComplete="current-password"
            />
            <div class="fields">
              <TextField
                name="new_password"
                label="New password"
                type="password"
                autoComplete="new-password"
                hint={passwordHint(me.data?.totp ?? false)}
              />
              <TextField name="again" label="New password again" type="password" autoComplete="new-password" />
            </div>
          </Form>
        </Section>
        <Section title="Codes of an authenticator app">
          <div class="pad">
            {!me.data ? (
              me.error !== undefined ? (
                <Failed error={me.error} again={() => void me.reload()} />
              ) : (
                <Loading rows={2} />
              )
            ) : (
              <>
                <p>
                  {me.data.totp ? (
                    <Mood tone="good">Signing in also needs a code</Mood>
                  ) : (
                    <Mood tone="" fill="">
                      The password alone is enough
                    </Mood>
                  )}
                </p>
                <p class="muted spaced">With a code from your phone, a leaked password is not enough to sign in.</p>
                <p class="spaced">
                  <button type="button" onClick={() => setOpen(me.data!.totp ? "off" : "on")}>
                    {me.data.totp ? "Turn off…" : "Set up…"}
                  </button>
                </p>
              </>
            )}
          </div>
        </Section>
        <OwnNotices />
        <Section title="Where you are signed in">
          <OwnSessions key={form} />
        </Section>
      </div>
      {open === "on" && (
        <SetUpCodes
          onClose={() => {
            setOpen(undefined);
            void me.reload();
          }}
        />
      )}
      {open === "off" && (
        <Dialog title="Turn off codes?" onClose={() => setOpen(undefined)}>
          <Form
            submit="Turn off"
            danger
            cancel={() => setOpen(undefined)}
            onSubmit={async ({ password, totp }) => {
              const typed = totp!.replace(/\s/g, "");
              const second = /^\d{6}$/.test(typed) ? { totp: typed } : { recovery_code: typed };
              try {
                await post("/auth/totp/disable", [], { body: { password: password!, ...second } });
              } catch (error) {
                const fault =
                  error instanceof Problem && error.faults.find(({ pointer }) => pointer === "/recovery_code");
                throw fault ? new FieldFault("totp", `It ${fault.detail}.`) : error;
              }
              notify("Codes are off: the password alone is enough now");
              setOpen(undefined);
              await me.reload();
            }}
          >
            <TextField name="password" label="Your password" type="password" autoComplete="current-password" required />
            <TextField
              name="totp"
              label="Code from your authenticator"
              hint="Six digits; or one of your recovery codes."
              autoComplete="one-time-code"
              autoCapitalize="none"
              required
            />
          </Form>
        </Dialog>
      )}
    </Page>
  );
}

function SetUpCodes({ onClose }: { onClose: () => void }) {
  const [secret, setSecret] = useState<{ secret: string; uri: string } | undefined>();
  const [recovery, setRecovery] = useState<readonly string[] | undefined>();
  if (recovery)
    return (
      <Dialog title="Your recovery codes">
        <div class="dialog-body">
          <p>
            Each of these lets you in once, should your telephone be lost. Print them or write them down; they are not
            shown again.
          </p>
          <ul class="recovery">
            {recovery.map((code) => (
              <li key={code}>
                <code>{code}</code>
              </li>
            ))}
          </ul>
        </div>
        <footer class="actions">
          <button type="button" onClick={() => print()}>
            Print
          </button>
          <button type="button" class="primary" data-first onClick={onClose}>
            I have them
          </button>
        </footer>
      </Dialog>
    );
  if (!secret)
    return (
      <Dialog title="Set up codes" onClose={onClose}>
        <Form
          submit="Go on"
          cancel={onClose}
          onSubmit={async ({ password }) => setSecret(await post("/auth/totp", [], { body: { password: password! } }))}
        >
          <TextField name="password" label="Your password" type="password" autoComplete="current-password" />
        </Form>
      </Dialog>
    );
  return (
    <Dialog title="Set up codes" onClose={onClose}>
      <Form
        key="code"
        submit="Turn on"
        cancel={onClose}
        onSubmit={async ({ code }) => {
          const answer = await post("/auth/totp/confirm", [], { body: { code: code!.replace(/\s/g, "") } });
          setRecovery(answer.recovery_codes);
        }}
      >
        <p>Scan this with an authenticator app on your phone.</p>
        <QrCode text={secret.uri} label="QR code for the authenticator app; the same as the text below it" />
        <p class="wrap-anywhere">
          Or type it in: <code>{secret.secret.replace(/(.{4})/g, "$1 ").trim()}</code>
        </p>
        <TextField
          name="code"
          label="The six digits that the app shows"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={7}
        />
      </Form>
    </Dialog>
  );
}
