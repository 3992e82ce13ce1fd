import { useState } from "preact/hooks";
import { post } from "../api/client";
import { Checkbox, Form, requiredInteger, SelectField, TextField } from "../ui/form";
import { Section } from "../ui/page";
import { SecretField, secretOf } from "../ui/secret-field";
import { notify } from "../ui/toast";
import type { Part, Settings } from "./settings-text";

type MailServer = NonNullable<Settings["mail"]>;

/** The usual ports; a typed one is kept. */
const ports: Record<MailServer["security"], string> = { starttls: "587", tls: "465", none: "25" };

/** The mail server's settings, and a test mail. */
export function Mail({ settings, save }: Part) {
  const { mail } = settings;
  const [on, setOn] = useState(mail !== null);
  const [port, setPort] = useState(String(mail?.port ?? ports.starttls));
  return (
    <Section title="E-mail" id="mail">
      <Form
        onSubmit={(values) =>
          save(
            on
              ? {
                  mail: {
                    host: values["mail/host"]!.trim(),
                    port: requiredInteger(values, "mail/port", { least: 1, most: 65_535 }),
                    security: values["mail/security"] as MailServer["security"],
                    username: values["mail/username"]!.trim(),
                    from_address: values["mail/from_address"]!.trim(),
                    from_name: values["mail/from_name"]!.trim(),
                    reply_to: values["mail/reply_to"]!.trim() || null,
                    alerts_to: values["mail/alerts_to"]!.trim() || null,
                  },
                  ...secretOf(values, "smtp_password"),
                }
              : { mail: null },
          )
        }
      >
        <Checkbox name="on" label="Send customers e-mail about their orders" checked={on} onChange={setOn} />
        {on && (
          <>
            <div class="fields">
              <TextField
                name="mail/host"
                label="Mail server"
                value={mail?.host ?? ""}
                maxLength={253}
                autoCapitalize="none"
                hint="As in smtp.example.com."
              />
              <SelectField
                name="mail/security"
                label="Security"
                value={mail?.security ?? "starttls"}
                onChange={(security) => {
                  if (Object.values(ports).includes(port)) setPort(ports[security as MailServer["security"]]);
                }}
                options={[
                  ["starttls", "STARTTLS (usually port 587)"],
                  ["tls", "TLS (usually port 465)"],
                  ["none", "None: a server on this machine"],
                ]}
              />
              <TextField name="mail/port" label="Port" short inputMode="numeric" value={port} onInput={setPort} />
            </div>
            <TextField
              name="mail/username"
              label="Username"
              optional
              value={mail?.username ?? ""}
              maxLength={320}
              autoCapitalize="none"
              hint="Empty if the server needs no sign-in."
            />
            <SecretField name="smtp_password" label="Password" state={settings.smtp_password} />
            <div class="fields">
              <TextField
                name="mail/from_address"
                label="Mails come from"
                type="email"
                value={mail?.from_address ?? ""}
              />
              <TextField
                name="mail/from_name"
                label="Under the name"
                optional
                value={mail?.from_name ?? ""}
                maxLength={100}
                hint="Empty: the shop's."
              />
            </div>
            <div class="fields">
              <TextField
                name="mail/reply_to"
                label="Answers go to"
                type="email"
                optional
                value={mail?.reply_to ?? ""}
              />
              <TextField
                name="mail/alerts_to"
                label="Low-stock mails to"
                type="email"
                optional
                value={mail?.alerts_to ?? ""}
              />
            </div>
          </>
        )}
      </Form>
      {mail !== null && on && <TryMail />}
    </Section>
  );
}

function TryMail() {
  return (
    <Form
      submit="Send a test"
      inline
      passing
      onSubmit={async ({ to }) => {
        const { sent_to } = await post("/admin/settings/mail/test", [], { body: { to: to!.trim() } });
        notify(`The mail server took a mail to ${sent_to}`);
      }}
    >
      <TextField name="to" label="Send a test mail with the saved settings to" type="email" />
    </Form>
  );
}
