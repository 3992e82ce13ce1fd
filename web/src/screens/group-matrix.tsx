import { useState } from "preact/hooks";
import { type Answer, type Body, explain, put, remove } from "../api/client";
import { href } from "../router";
import { useMay, useSession } from "../session";
import { money, moneyInput } from "../text/money";
import { Button } from "../ui/button";
import { confirmAct, Dialog } from "../ui/dialog";
import { FieldFault, Form, integerOf, MoneyField, moneyOf, NumberField, SelectField, type Values } from "../ui/form";
import { Icon } from "../ui/icon";
import { InPlace } from "../ui/in-place";
import { Section } from "../ui/page";
import { Empty } from "../ui/states";
import { Status } from "../ui/status";
import { type Column, Table } from "../ui/table";
import { notify } from "../ui/toast";
import { savePrice, saveSku, saveStatus, saveStock, saveThreshold } from "./inventory-edit";

export type Group = Answer<"/admin/product-groups/{id}", "get">;
export type Variant = Group["variants"][number];
type Change = NonNullable<Body<"/admin/product-groups/{id}/variants", "put">["set"]>;

/** "Small / Red", or the name where there are no options. */
export const valuesText = (variant: Variant) =>
  variant.group?.options.map(({ value }) => value).join(" / ") || variant.name;

const statuses = [
  ["active", "On sale"],
  ["hidden", "Hidden"],
  ["archived", "Archived"],
] as const;

/** The variants of a group as a table, with all that differs between them to be edited in place. */
export function Matrix({ group, onDone }: { group: Group; onDone: () => Promise<void> }) {
  const mayChange = useMay("staff");
  const { currency } = useSession().shop;
  const [chosen, setChosen] = useState<Set<number | string>>(new Set());
  const [setting, setSetting] = useState<{ group: Group; products: number[] } | undefined>();
  const products = group.variants.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  const move = async (at: number, by: number) => {
    const order = group.variants.map(({ id }) => id);
    order.splice(at + by, 0, ...order.splice(at, 1));
    await put("/admin/product-groups/{id}/variants", [group.id], { body: { order }, version: group.version });
    await onDone();
  };
  const takeOut = async (variant: Variant) => {
    const sure = await confirmAct({
      title: `Take ${valuesText(variant)} out of ${group.name}?`,
      text: <p>It stays in the inventory as a product of its own, with its stock and its orders.</p>,
      act: "Take out",
    });
    if (!sure) return;
    await remove("/admin/product-groups/{id}/variants/{product_id}", [group.id, variant.id], {
      version: variant.version,
    });
    await onDone();
  };
  const columns: Column<Variant>[] = [
    {
      head: "Variant",
      class: "wrap-anywhere",
      cell: (variant) => (
        <>
          <a href={href(`/inventory/${variant.id}`)}>{valuesText(variant)}</a>
          <span class="second narrow-only">{variant.sku}</span>
        </>
      ),
    },
    {
      head: "SKU",
      from: "medium",
      class: "wrap-anywhere",
      cell: (variant) => (
        <InPlace
          may={mayChange}
          label={`SKU of ${valuesText(variant)}`}
          shown={variant.sku}
          value={variant.sku}
          text
          onSave={(text) => saveSku(variant, text, currency)}
        />
      ),
    },
    {
      head: "Price",
      end: true,
      cell: (variant) => (
        <InPlace
          may={mayChange}
          label={`Price of ${valuesText(variant)}`}
          shown={money(variant.price, variant.currency)}
          value={moneyInput(variant.price, variant.currency)}
          onSave={(text) => savePrice(variant, text, variant.currency)}
        />
      ),
    },
    {
      head: "On hand",
      end: true,
      cell: (variant) => (
        <InPlace
          may={mayChange}
          label={`On hand of ${valuesText(variant)}`}
          shown={String(variant.on_hand)}
          value={String(variant.on_hand)}
          hint="+24 adds, -3 takes off"
          signed
          onSave={(text) => saveStock(variant, text, currency)}
        />
      ),
    },
    { head: "Available", end: true, from: "medium", cell: (variant) => variant.available },
    {
      head: "Warn at",
      end: true,
      from: "large",
      cell: (variant) => (
        <InPlace
          may={mayChange}
          label={`Low-stock threshold of ${valuesText(variant)}`}
          shown={variant.low_stock_threshold === null ? "never" : String(variant.low_stock_threshold)}
          value={variant.low_stock_threshold === null ? "" : String(variant.low_stock_threshold)}
          hint="Empty: never"
          onSave={(text) => saveThreshold(variant, text, currency)}
        />
      ),
    },
    {
      head: "Status",
      from: "medium",
      cell: (variant) =>
        mayChange ? (
          <select
            aria-label={`Status of ${valuesText(variant)}`}
            value={variant.status}
            onChange={(event) => {
              const select = event.currentTarget;
              saveStatus(variant, select.value, currency).catch((error: unknown) => {
                select.value = variant.status;
                notify(explain(error), { kind: "bad" });
              });
            }}
          >
            {statuses.map(([status, label]) => (
              <option key={status} value={status} selected={status === variant.status}>
                {label}
              </option>
            ))}
          </select>
        ) : (
          <Status kind="product" value={variant.status} />
        ),
    },
    ...(mayChange
      ? [
          {
            head: "Place",
            acts: true,
            end: true,
            from: "medium" as const,
            cell: (variant: Variant) => {
              const at = group.variants.findIndex(({ id }) => id === variant.id);
              return (
                <span class="row-buttons">
                  <Button
                    class="icon-button"
                    aria-label={`${valuesText(variant)}: further up`}
                    disabled={at === 0}
                    onPress={() => move(at, -1)}
                  >
                    <Icon name="up" />
                  </Button>
                  <Button
                    class="icon-button"
                    aria-label={`${valuesText(variant)}: further down`}
                    disabled={at + 1 === group.variants.length}
                    onPress={() => move(at, 1)}
                  >
                    <Icon name="down" />
                  </Button>
                  <Button
                    class="icon-button"
                    aria-label={`Take ${valuesText(variant)} out of the group`}
                    onPress={() => takeOut(variant)}
                  >
                    <Icon name="close" />
                  </Button>
                </span>
              );
            },
          },
        ]
      : []),
  ];
  return (
    <Section
      title="Variants"
      class="flush"
      actions={
        mayChange &&
        group.variants.length > 0 && (
          <button type="button" onClick={() => setSetting({ group, products })}>
            {products.length === 0 ? "Set for all…" : `Set for ${products.length}…`}
          </button>
        )
      }
    >
      {group.variants.length === 0 ? (
        <Empty title="No variants yet">Add one: customers see the group once a variant is on sale.</Empty>
      ) : (
        <Table
          caption={`Variants of ${group.name}`}
          rows={group.variants}
          keyOf={(variant: Variant) => variant.id}
          tone={(variant: Variant) => (variant.status === "archived" ? "dim" : undefined)}
          columns={columns}
          {...(mayChange && { chosen, onChoose: setChosen })}
        />
      )}
      {setting && (
        <SetForAll
          group={setting.group}
          products={setting.products}
          onClose={() => setSetting(undefined)}
          onDone={onDone}
        />
      )}
    </Section>
  );
}

/** What is typed in: an empty field changes nothing. */
function changeOf(values: Values, currency: string): Change {
  const isGiven = (name: string) => (values[name] ?? "").trim() !== "";
  const quantity = integerOf(values, "set/quantity");
  const threshold = integerOf(values, "set/low_stock_threshold");
  return {
    ...(isGiven("set/price") && { price: moneyOf(values, "set/price", currency) }),
    ...(quantity !== undefined && { quantity }),
    ...(threshold !== undefined && { low_stock_threshold: threshold }),
    ...(isGiven("set/status") && { status: values["set/status"] as "active" }),
  };
}

function SetForAll({
  group,
  products,
  onClose,
  onDone,
}: {
  group: Group;
  products: number[];
  onClose: () => void;
  onDone: () => Promise<void>;
}) {
  const { currency } = useSession().shop;
  const count = products.length || group.variants.length;
  const whom = products.length === 0 ? `all ${count} variants` : `${count} of ${group.variants.length} variants`;
  return (
    <Dialog title={`Set for ${whom} of ${group.name}`} onClose={onClose}>
      <Form
        submit="Set"
        cancel={onClose}
        onSubmit={async (values) => {
          const set = changeOf(values, currency);
          if (Object.keys(set).length === 0) throw new FieldFault("set/price", "Fill in what is to be set.");
          const body = { set, ...(products.length > 0 && { products }) };
          await put("/admin/product-groups/{id}/variants", [group.id], { body, version: group.version });
          notify(`Set for ${whom} of ${group.name}`);
          await onDone();
          onClose();
        }}
      >
        <p class="muted">What is left empty stays as it is.</p>
        <MoneyField name="set/price" label="Price" value="" />
        <NumberField name="set/quantity" label="On hand" unit="units" value="" hint="As counted, of each." />
        <NumberField name="set/low_stock_threshold" label="Warn at" unit="available" value="" />
        <SelectField name="set/status" label="Status" value="" options={[["", "As it is"], ...statuses]} />
      </Form>
    </Dialog>
  );
}
