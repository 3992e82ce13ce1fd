import { useState } from "preact/hooks";
import { explain } from "../api/client";
import { useMay } from "../session";
import { money } from "../text/money";
import { AddressFields, AddressLines, addressOf } from "../ui/address";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { saveEdit, useOpened } from "../ui/edit";
import { Checkbox, FieldFault, Form, TextField } from "../ui/form";
import { Section } from "../ui/page";
import { Mood } from "../ui/status";
import { notify } from "../ui/toast";
import type { Order } from "./order";
import { type Billing as BillingEdit, editing } from "./order-save";

type Part = { order: Order; onChanged: (order: Order) => void };

/** Where a member state's VAT IDs are looked up. */
const register = "https://ec.europa.eu/taxation_customs/vies/";

/** Says what was saved, and the order's new sum if it has another one. */
function told(what: string, before: Order, saved: Order): void {
  const total = saved.total === before.total ? "" : `; the total is ${money(saved.total, saved.currency)} now`;
  notify(`${what}${total}`);
}

/** Who is billed: a business has a VAT ID, which staff look up. */
export function Billing({ order, onChanged }: Part) {
  const [open, setOpen] = useState(false);
  const mayChange = useMay("staff");
  const { billing, customer } = order;
  const ended = ["cancelled", "expired"].includes(order.status);
  const editable = mayChange && customer && !ended;
  const verify = async (verified: boolean) => {
    try {
      const saved = await saveEdit(order, { vat_id_verified: verified }, editing(order.id));
      if (!saved) return;
      onChanged(saved);
      told(verified ? "The VAT ID is verified" : "The VAT ID is not verified any more", order, saved);
    } catch (error) {
      notify(explain(error), { kind: "bad" });
    }
  };
  return (
    <Section
      title="Billed to"
      actions={
        editable && (
          <button type="button" class="link" onClick={() => setOpen(true)}>
            Change
          </button>
        )
      }
    >
      <div class="pad">
        {!billing ? (
          <p class="muted">{customer ? "The recipient." : "Erased on request."}</p>
        ) : (
          <>
            {billing.company && <p>{billing.company}</p>}
            {billing.name && <p>{billing.name}</p>}
            {billing.address ? (
              <AddressLines address={billing.address} />
            ) : (
              <p class="muted">At the address that it ships to.</p>
            )}
            {billing.vat_id && (
              <>
                <h3 class="spaced">VAT ID</h3>
                <p class="wrap-anywhere">
                  {billing.vat_id}{" "}
                  {billing.vat_id_verified ? (
                    <Mood tone="good">Verified</Mood>
                  ) : (
                    <Mood tone="warn" fill="half">
                      Not verified
                    </Mood>
                  )}
                </p>
                {editable && (
                  <div class="acts">
                    {billing.vat_id_verified ? (
                      <Button class="link" onPress={() => verify(false)}>
                        It is not verified
                      </Button>
                    ) : (
                      <Button onPress={() => verify(true)}>Verify VAT ID</Button>
                    )}
                  </div>
                )}
                {editable && !billing.vat_id_verified && (
                  <p class="hint muted">
                    Once you have{" "}
                    <a href={register} target="_blank" rel="noreferrer">
                      looked it up
                    </a>
                    . Until then, tax is charged.
                  </p>
                )}
              </>
            )}
          </>
        )}
      </div>
      {open && <EditBilling order={order} onChanged={onChanged} onClose={() => setOpen(false)} />}
    </Section>
  );
}

function EditBilling({ order, onChanged, onClose }: Part & { onClose: () => void }) {
  const opened = useOpened(order);
  const { billing } = opened;
  const [own, setOwn] = useState(billing !== null);
  const [elsewhere, setElsewhere] = useState(Boolean(billing?.address));
  return (
    <Dialog title="Who is billed" onClose={onClose}>
      <Form
        submit="Save"
        cancel={onClose}
        onSubmit={async (values) => {
          const field = (name: string) => (values[`billing/${name}`] ?? "").trim();
          if (own && !field("company") && !field("name"))
            throw new FieldFault("billing/company", "A company or a name is needed.");
          const wanted: BillingEdit | null = own
            ? {
                name: field("name"),
                company: field("company"),
                vat_id: field("vat_id"),
                address: elsewhere ? addressOf(values, "billing/address") : null,
              }
            : null;
          const saved = await saveEdit(opened, { billing: wanted }, editing(order.id));
          if (saved) {
            onChanged(saved);
            told("Saved who is billed", opened, saved);
          }
          onClose();
        }}
      >
        <Checkbox name="own" label="A business, or someone else than the recipient" checked={own} onChange={setOwn} />
        {own && (
          <>
            <TextField name="billing/company" label="Company" optional value={billing?.company ?? ""} maxLength={200} />
            <TextField name="billing/name" label="Name" optional value={billing?.name ?? ""} maxLength={200} />
            <TextField
              name="billing/vat_id"
              label="VAT ID"
              optional
              value={billing?.vat_id ?? ""}
              maxLength={30}
              autoCapitalize="characters"
              hint="With its country, such as DE123456789. A new one is not verified yet."
            />
            <Checkbox name="elsewhere" label="At another address" checked={elsewhere} onChange={setElsewhere} />
            {elsewhere && <AddressFields at="billing/address" value={billing?.address} required />}
          </>
        )}
      </Form>
    </Dialog>
  );
}
