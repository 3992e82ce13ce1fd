import { useEffect, useState } from "preact/hooks";
import { Problem, post } from "../api/client";
import { Form, TextField } from "../ui/form";
import { Mark } from "../ui/mark";

/** The door. A second factor is asked for once the password was right. */
export function SignIn({ onSignedIn }: { onSignedIn: () => Promise<void> }) {
  const [code, setCode] = useState(false);
  useEffect(() => {
    document.title = "Sign in · orderd";
  }, []);
  return (
    <main class="gate">
      <div>
        <Mark />
        <h1>Sign in</h1>
        <p class="muted">To the shop's order desk.</p>
        <Form
          submit="Sign in"
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
          <TextField name="username" label="Username" autoComplete="username" autoCapitalize="none" autoFocus required />
          <TextField name="password" label="Password" type="password" autoComplete="current-password" required />
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
      </div>
    </main>
  );
}
