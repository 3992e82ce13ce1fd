import { useState } from "preact/hooks";
import { explain, newKey, post, put, remove } from "../api/client";
import { useData } from "../api/data";
import type { ScreenProps } from "../app";
import { go } from "../router";
import { useMay, useSession } from "../session";
import { Button } from "../ui/button";
import { confirmAct, Dialog } from "../ui/dialog";
import { useOpened } from "../ui/edit";
import { FieldFault, Form, MoneyField, moneyOf, NumberField, requiredInteger, TextArea, TextField } from "../ui/form";
import { Page, Section } from "../ui/page";
import { Failed, Loading } from "../ui/states";
import { Money, When } from "../ui/text";
import { notify } from "../ui/toast";
import { type Group, Matrix } from "./group-matrix";
import { draftsOf, OptionFields, optionsOf, renamingsOf } from "./group-options";
import { Pictures } from "./pictures";

export default function GroupPage({ values }: ScreenProps) {
  const id = Number(values.id);
  const group = useData("/admin/product-groups/{id}", [id], {
    live: ["product_group.", "product.", "stock.", "order.", "shipment.", "import."],
  });
  const [open, setOpen] = useState<"edit" | "add" | undefined>();
  const mayChange = useMay("staff");
  const back = { to: "/inventory/groups", label: "Products with options" };
  const data = group.data;
  if (!data)
    return (
      <Page title={`Product with options ${id}`} back={back}>
        {group.error !== undefined ? (
          <Failed error={group.error} again={() => void group.reload()} />
        ) : (
          <Loading rows={10} />
        )}
      </Page>
    );
  const close = () => setOpen(undefined);
  const drop = async () => {
    const sure = await confirmAct({
      title: `Remove ${data.name} as a group?`,
      text: <p>Its {data.variant_count} variants stay in the inventory, each as a product of its own.</p>,
      act: "Remove the group",
      danger: true,
    });
    if (!sure) return;
    try {
      await remove("/admin/product-groups/{id}", [id], { version: data.version });
      notify(`${data.name} is no group any more`);
      go("/inventory/groups");
    } catch (error) {
      notify(explain(error), { kind: "bad" });
      await group.reload();
    }
  };
  return (
    <Page
      title={data.name}
      back={back}
      actions={
        mayChange && (
          <>
            <button type="button" class="primary" onClick={() => setOpen("add")}>
              Add a variant…
            </button>
            <button type="button" onClick={() => setOpen("edit")}>
              Edit…
            </button>
            <Button onPress={drop}>Remove…</Button>
          </>
        )
      }
    >
      <div class="stack">
        <Matrix group={data} onDone={group.reload} />
        <Pictures kind="group" of={data} onDone={group.reload} />
        <Section title="Group">
          <div class="pad">
            <dl class="facts">
              <dt>Handle</dt>
              <dd class="wrap-anywhere">{data.handle}</dd>
              <dt>Price from</dt>
              <dd>
                {data.price_from === null ? "not on sale" : <Money minor={data.price_from} currency={data.currency} />}
              </dd>
              {data.options.map((option) => (
                <>
                  <dt key={option.name}>{option.name}</dt>
                  <dd class="wrap-anywhere">{option.values.join(", ")}</dd>
                </>
              ))}
              <dt>Changed</dt>
              <dd>
                <When at={data.updated_at} />
              </dd>
            </dl>
            {data.description && <p class="prose spaced">{data.description}</p>}
          </div>
        </Section>
      </div>
      {open === "edit" && <Edit group={data} onClose={close} onDone={group.reload} />}
      {open === "add" && <AddVariant group={data} onClose={close} onDone={group.reload} />}
    </Page>
  );
}

type Part = { group: Group; onClose: () => void; onDone: () => Promise<void> };

function Edit({ group, onClose, onDone }: Part) {
  const opened = useOpened(group);
  const [drafts, setDrafts] = useState(() => draftsOf(opened.options));
  return (
    <Dialog title={`Edit ${opened.name}`} onClose={onClose} wide>
      <Form
        submit="Save"
        cancel={onClose}
        onSubmit={async (values) => {
          const saved = await put("/admin/product-groups/{id}", [opened.id], {
            body: {
              name: values.name!.trim(),
              handle: values.handle!.trim(),
              description: values.description!,
              renamings: renamingsOf(drafts),
              options: optionsOf(drafts),
            },
            version: opened.version,
          });
          notify(`${saved.name} saved`);
          await onDone();
          onClose();
        }}
      >
        <TextField name="name" label="Name" value={opened.name} maxLength={200} required />
        <TextField
          name="handle"
          label="Handle"
          value={opened.handle}
          maxLength={100}
          required
          hint="In the address of its page: a new one breaks links to the old one."
        />
        <TextArea
          name="description"
          label="Description"
          optional
          value={opened.description}
          rows={4}
          maxLength={20_000}
        />
        <OptionFields drafts={drafts} onChange={setDrafts} />
        <p class="muted">
          Variants follow: they get the new spelling and order, and the first value of an option that is new.
        </p>
      </Form>
    </Dialog>
  );
}

function AddVariant({ group, onClose, onDone }: Part) {
  const opened = useOpened(group);
  const { currency } = useSession().shop;
  const [key] = useState(newKey);
  return (
    <Dialog title={`Add a variant of ${opened.name}`} onClose={onClose}>
      <Form
        submit="Add"
        cancel={onClose}
        onSubmit={async (values) => {
          const wanted = opened.options.map((_, at) => values[`values/${at}`]!.trim());
          const missing = wanted.indexOf("");
          if (missing >= 0) throw new FieldFault(`values/${missing}`, "This is needed.");
          const sku = values.sku!.trim();
          const added = await post("/admin/product-groups/{id}/variants", [opened.id], {
            body: {
              values: wanted,
              price: moneyOf(values, "price", currency),
              quantity: requiredInteger(values, "quantity"),
              ...(sku && { sku }),
            },
            idempotencyKey: key,
          });
          notify(`${added.name} is on sale`);
          await onDone();
          onClose();
        }}
      >
        {opened.options.map((option, at) => (
          <TextField
            key={option.name}
            name={`values/${at}`}
            label={option.name}
            value=""
            maxLength={100}
            required
            list={`values-of-${at}`}
            hint={option.values.length > 0 ? `${option.values.join(", ")}, or a new one.` : "The first one."}
          />
        ))}
        {opened.options.map((option, at) => (
          <datalist key={option.name} id={`values-of-${at}`}>
            {option.values.map((value) => (
              <option key={value} value={value} />
            ))}
          </datalist>
        ))}
        <TextField name="sku" label="SKU" value="" maxLength={100} optional hint="Empty: made of handle and values." />
        <div class="fields">
          <MoneyField name="price" label="Price" required value="" />
          <NumberField name="quantity" label="On hand" unit="units" required value="0" />
        </div>
      </Form>
    </Dialog>
  );
}
