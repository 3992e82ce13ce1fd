import { useEffect, useState } from "preact/hooks";
import { explain, get, post, useCsrf } from "../api/client";
import type { ScreenProps } from "../app";
import { currencies } from "../text/currencies";
import { browserZone, timeZones } from "../text/time-zones";
import { AddressFields, addressOf } from "../ui/address";
import { Button } from "../ui/button";
import { Checkbox, FieldFault, Form, SelectField, TextField } from "../ui/form";
import { Mark } from "../ui/mark";

/** The first start: whoever has the link that orderd printed makes the owner and the shop. It works once. */
export default function Setup({ values }: ScreenProps) {
  const [done, setDone] = useState(false);
  const [withAddress, setWithAddress] = useState(false);
  const [barred, setBarred] = useState<"claimed" | "no link" | undefined>();
  useEffect(() => {
    document.title = "Set up · orderd";
  }, []);
  // Links differ only after the #: opening another one in the same tab loads no page.
  const { token = "" } = values;
  useEffect(() => {
    let late = false;
    const look = async () => {
      const { open } = await get("/auth/setup");
      const valid =
        open && token !== "" && (await post("/auth/setup/check", [], { body: { token: token.slice(0, 100) } })).valid;
      if (!late) setBarred(!open ? "claimed" : valid ? undefined : "no link");
    };
    look().catch(() => {}); // the form shows the error when it is sent
    return () => {
      late = true;
    };
  }, [token]);
  return (
    <main class="gate wide">
      <div>
        <Mark />
        {done ? (
          <Begin />
        ) : barred === "no link" ? (
          <>
            <h1>This link does not work</h1>
            <p class="muted">
              orderd prints a new set-up link each time it starts, and only the newest one works: look at its output, or
              at its log, and open that one.
            </p>
          </>
        ) : barred === "claimed" ? (
          <>
            <h1>The shop is set up already</h1>
            <p class="muted">
              It has its owner, and this link worked once. <a href="/dashboard/">Sign in</a>
            </p>
          </>
        ) : (
          <>
            <h1>Set up the shop</h1>
            <p class="muted">It takes a minute; everything but the currency can be changed later.</p>
            <Form
              submit="Make the shop"
              onSubmit={async (fields) => {
                if (fields.password !== fields.again) throw new FieldFault("again", "The two passwords differ.");
                const session = await post("/auth/setup", [], {
                  body: {
                    token: values.token!,
                    username: fields.username!.trim(),
                    password: fields.password!,
                    shop_name: fields.shop_name!.trim(),
                    currency: fields.currency!,
                    time_zone: fields.time_zone!,
                    ...(withAddress && { address: addressOf(fields, "address") }),
                  },
                });
                useCsrf(session.csrf_token);
                setDone(true);
              }}
            >
              <fieldset>
                <legend>The shop</legend>
                <div class="fields">
                  <TextField name="shop_name" label="Name" maxLength={100} autoFocus required />
                  <SelectField
                    name="currency"
                    label="Currency"
                    options={currencies()}
                    value="EUR"
                    hint="It cannot be changed once there are prices."
                  />
                </div>
                <SelectField
                  name="time_zone"
                  label="Time zone"
                  options={timeZones("")}
                  value={browserZone()}
                  hint="Its days are those of reports, papers and mails."
                />
                <Checkbox
                  name="with_address"
                  label="Enter the shop's address now, for labels and receipts"
                  checked={withAddress}
                  onChange={setWithAddress}
                />
                {withAddress && <AddressFields at="address" required />}
              </fieldset>
              <fieldset>
                <legend>You, its owner</legend>
                <TextField
                  name="username"
                  label="Username"
                  autoComplete="username"
                  autoCapitalize="none"
                  maxLength={64}
                  required
                />
                <div class="fields">
                  <TextField
                    name="password"
                    label="Password"
                    type="password"
                    autoComplete="new-password"
                    hint="Twelve characters or more; a few words make a good one."
                    required
                  />
                  <TextField name="again" label="Password again" type="password" autoComplete="new-password" required />
                </div>
              </fieldset>
            </Form>
          </>
        )}
      </div>
    </main>
  );
}

const samples = [
  { sku: "SAMPLE-MUG", name: "Enamel mug, white", price: 1450, quantity: 40, low_stock_threshold: 8, weight_g: 320 },
  { sku: "SAMPLE-POT", name: "Teapot, 1.2 l", price: 4900, quantity: 12, low_stock_threshold: 3, weight_g: 1150 },
  { sku: "SAMPLE-TOWEL", name: "Linen tea towel", price: 1800, quantity: 60, low_stock_threshold: 10, weight_g: 90 },
  { sku: "SAMPLE-BOARD", name: "Oak cutting board", price: 3600, quantity: 18, low_stock_threshold: 4, weight_g: 900 },
  {
    sku: "SAMPLE-TEA",
    name: "Breakfast tea, 250 g",
    price: 1250,
    quantity: 75,
    low_stock_threshold: 15,
    weight_g: 300,
  },
];

function Begin() {
  const [fault, setFault] = useState("");
  // A page load: the dashboard starts again, signed in.
  const leave = (path: string) => location.assign(`/dashboard${path}`);
  const addSamples = async () => {
    try {
      for (const sample of samples) await post("/admin/inventory", [], { body: sample });
      leave("/inventory");
    } catch (error) {
      setFault(explain(error));
    }
  };
  return (
    <>
      <h1>The shop is made</h1>
      <p class="muted">What does it sell?</p>
      {fault && (
        <p class="form-fault spaced" role="alert">
          {fault}
        </p>
      )}
      <div class="choices">
        <button type="button" onClick={() => leave("/inventory/import")}>
          <b>Import a catalogue</b>
          <span class="muted">A CSV file, as Shopify exports it. You see what would change first.</span>
        </button>
        <Button onPress={addSamples}>
          <b>Add sample products</b>
          <span class="muted">Five, to look around with. Their SKUs start with SAMPLE.</span>
        </Button>
        <button type="button" onClick={() => leave("/inventory/new")}>
          <b>Type in the first product</b>
          <span class="muted">Name, price, and how many there are.</span>
        </button>
      </div>
    </>
  );
}
