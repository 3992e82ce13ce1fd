import { Checkbox, TextField, type Values } from "./form";

/** What the API reports about a secret: whether it is set, and from where. */
interface SecretState {
  set: boolean;
  from: "configuration" | "settings" | null;
}

/** The fields of a secret, which is written but never shown. Empty leaves it as it is. */
export function SecretField({ name, label, state }: { name: string; label: string; state: SecretState }) {
  if (state.from === "configuration") {
    return <p class="muted">{label}: set by the server's configuration, which goes before what is set here.</p>;
  }
  return (
    <>
      <TextField
        name={name}
        label={label}
        type="password"
        optional={state.set}
        autoComplete="new-password"
        hint={
          state.set ? "It is set. Leave this empty to keep it." : "Not set. It is kept sealed, and never shown again."
        }
      />
      {state.set && <Checkbox name={`${name}-remove`} label={`Remove: ${label.toLowerCase()}`} />}
    </>
  );
}

/** The value of a secret's fields: a new value, null to remove it, undefined to leave it. */
export function secretOf(values: Values, name: string): Record<string, string | null> {
  if (values[`${name}-remove`] === "on") return { [name]: null };
  const typed = values[name]?.trim();
  return typed ? { [name]: typed } : {};
}
