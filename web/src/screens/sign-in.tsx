import { useEffect, useState } from "preact/hooks";
import { get, Problem, post } from "../api/client";
import { Form, TextField } from "../ui/form";
import { Mark } from "../ui/mark";

/** The sign-in form; or, if the shop has no owner yet, how to make one. */
export function SignIn({ onSignedIn }: { onSignedIn: () => Promise<void> }) {
  const [unclaimed, setUnclaimed] = useState(false);
  useEffect(() => {
    document.title = "Sign in · orderd";
    get("/auth/setup").then(
      ({ open }) => setUnclaimed(open),
      () => {}, // then the usual form is shown
    );
  }, []);
  return (
    <main class="gate">
      <div>
        <Mark />
        {unclaimed ? (
          <>
            <h1>Not set up yet</h1>
            <p class="muted">
              This shop has no owner. The link to set it up stands in the server's log; <code>orderd serve</code> prints
              it when it starts.
            </p>
          </>
        ) : (
          <>
            <h1>Sign in</h1>
            <p class="muted">To the shop's order desk.</p>
            <SignInForm onSignedIn={onSignedIn} />
          </>
        )}
      </div>
    </main>
  );
}

/** Username and password, then the second factor. A known `username` is fixed: a password is often typed blindly. */
export function SignInForm({ username = "", onSignedIn }: { username?: string; onSignedIn: () => Promise<void> }) {
  const [code, setCode] = useState(false);
  return (
    <Form
      submit="Sign in"
      passing
      onSubmit={async ({ username, password, totp = "" }) => {
        const typed = totp.replace(/\s/g, "");
        const second = !typed ? {} : /^\d{6}$/.test(typed) ? { totp: typed } : { recovery_code: typed };
        try {
          await post("/auth/login", [], { body: { username: username!.trim(), password: password!, ...second } });
        } catch (error) {
          if (error instanceof Problem && error.code === "totp_required") {
            setCode(true);
            return;
          }
          throw error;
        }
        await onSignedIn();
      }}
    >
      <TextField
        name="username"
        label="Username"
        value={username}
        autoComplete="username"
        autoCapitalize="none"
        autoFocus={!username}
        readOnly={Boolean(username)}
        required
      />
      <TextField
        name="password"
        label="Password"
        type="password"
        autoComplete="current-password"
        autoFocus={Boolean(username)}
        required
      />
      {code && (
        <TextField
          name="totp"
          label="Code from your authenticator"
          hint="Six digits; or one of your recovery codes."
          autoComplete="one-time-code"
          autoCapitalize="none"
          autoFocus
        />
      )}
    </Form>
  );
}
