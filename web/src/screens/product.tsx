import { useState } from "preact/hooks";
import { explain, get, Problem, put, type Row, remove } from "../api/client";
import { useData } from "../api/data";
import type { ScreenProps } from "../app";
import { go, href } from "../router";
import { useMay, useSession } from "../session";
import { taxClassName } from "../text/taxes";
import { Button } from "../ui/button";
import { confirmAct, Dialog } from "../ui/dialog";
import { saveEdit, useOpened, useSeen } from "../ui/edit";
import { Form, NumberField, requiredInteger, SelectField, TextField } from "../ui/form";
import { List } from "../ui/list";
import { Page, Section } from "../ui/page";
import { Empty, Failed, Loading } from "../ui/states";
import { Mood, Status } from "../ui/status";
import { Table } from "../ui/table";
import { Money, When, who } from "../ui/text";
import { notify } from "../ui/toast";
import { isLow, type Product, productEditing } from "./inventory-edit";
import { ProductFields, productOf } from "./product-form";

type Movement = Row<"/admin/inventory/{id}/movements">;
type Hold = Product["holds"][number];

const reasons = [
  ["received", "Received"],
  ["corrected", "Counted again"],
  ["damaged", "Damaged or lost"],
  ["adjusted", "Something else"],
] as const;

const movementWord: Record<string, string> = {
  received: "Received",
  adjusted: "Adjusted",
  sold: "Sold",
  returned: "Returned",
  damaged: "Damaged",
  corrected: "Counted again",
};

export default function ProductPage({ values }: ScreenProps) {
  const id = Number(values.id);
  const product = useData("/admin/inventory/{id}", [id], {
    live: ["product.", "stock.", "order.", "shipment.", "import."],
  });
  const [open, setOpen] = useState<"edit" | "adjust" | undefined>();
  const mayChange = useMay("staff");
  const back = { to: "/inventory", label: "Inventory" };
  const data = product.data;
  if (!data)
    return (
      <Page title={`Product ${id}`} back={back}>
        {product.error !== undefined ? (
          <Failed error={product.error} again={() => void product.reload()} />
        ) : (
          <Loading rows={10} />
        )}
      </Page>
    );

  const close = () => setOpen(undefined);
  const setStatus = async (status: "active" | "archived") => {
    try {
      const saved = await put("/admin/inventory/{id}", [id], { body: { status }, version: data.version });
      await product.reload();
      notify(status === "archived" ? "Off sale, and archived" : "On sale again", {
        action: {
          label: "Undo",
          run: () =>
            void put("/admin/inventory/{id}", [id], { body: { status: data.status }, version: saved.version }).then(
              product.reload,
              (error: unknown) => notify(explain(error), { kind: "bad" }),
            ),
        },
      });
    } catch (error) {
      notify(explain(error), { kind: "bad" });
      await product.reload();
    }
  };
  const drop = async () => {
    const sure = await confirmAct({
      title: `Remove ${data.name}?`,
      text: (
        <p>
          Where it has been ordered it is archived, so that its orders keep what they point at; else it is deleted for
          good.
        </p>
      ),
      act: "Remove",
      danger: true,
    });
    if (!sure) return;
    try {
      await remove("/admin/inventory/{id}", [id], { version: data.version });
      notify(`${data.name} is removed`);
      go("/inventory");
    } catch (error) {
      notify(explain(error), { kind: "bad" });
      await product.reload();
    }
  };

  return (
    <Page
      title={data.name}
      back={back}
      heading={
        <>
          {data.name} <Status kind="product" value={data.status} />
        </>
      }
      actions={
        mayChange && (
          <>
            <button type="button" class="primary" onClick={() => setOpen("adjust")}>
              Adjust stock…
            </button>
            <button type="button" onClick={() => setOpen("edit")}>
              Edit…
            </button>
            {data.status === "active" ? (
              <Button onPress={() => setStatus("archived")}>Archive</Button>
            ) : (
              <Button onPress={() => setStatus("active")}>Put on sale</Button>
            )}
            <Button onPress={drop}>Remove…</Button>
          </>
        )
      }
    >
      <div class="columns">
        <div class="stack">
          <Section title="Stock">
            <dl class="stock">
              <div>
                <dt>On hand</dt>
                <dd>{data.on_hand}</dd>
              </div>
              <div>
                <dt>Reserved</dt>
                <dd>{data.reserved}</dd>
              </div>
              <div>
                <dt>Available</dt>
                <dd>
                  {data.available}
                  {data.status === "active" && isLow(data) && (
                    <small>
                      <Mood tone="warn" fill="half">
                        low
                      </Mood>
                    </small>
                  )}
                </dd>
              </div>
            </dl>
          </Section>
          {data.holds.length > 0 && (
            <Section title="Held by open orders">
              <Table
                caption="Orders that hold units"
                steps={false}
                rows={data.holds}
                keyOf={(hold: Hold) => hold.order_id}
                columns={[
                  {
                    head: "Order",
                    cell: (hold: Hold) => (
                      <>
                        <a href={href(`/orders/${hold.order_id}`)}>{hold.order_id}</a>
                        <span class="second narrow-only">
                          until <HeldUntil hold={hold} />
                        </span>
                      </>
                    ),
                  },
                  { head: "Status", cell: (hold: Hold) => <Status kind="order" value={hold.status} /> },
                  { head: "Units", end: true, cell: (hold: Hold) => hold.quantity },
                  {
                    head: "Held until",
                    end: true,
                    class: "wide-only",
                    cell: (hold: Hold) => <HeldUntil hold={hold} />,
                  },
                ]}
              />
            </Section>
          )}
          <Section title="Movements" class="flush">
            <List
              path="/admin/inventory/{id}/movements"
              values={[id]}
              query={{}}
              filtered={false}
              live={["stock.", "product.", "shipment.", "import."]}
              caption="Movements, newest first"
              keyOf={(movement: Movement) => movement.id}
              empty={<Empty title="No stock has moved yet" />}
              columns={[
                { head: "When", cell: (movement: Movement) => <When at={movement.at} /> },
                {
                  head: "Units",
                  end: true,
                  cell: (movement: Movement) => (
                    <strong class={movement.delta < 0 ? "" : "good"}>
                      {movement.delta > 0 ? `+${movement.delta}` : `−${-movement.delta}`}
                    </strong>
                  ),
                },
                {
                  head: "Why",
                  class: "wrap-anywhere",
                  cell: (movement: Movement) => (
                    <>
                      {movementWord[movement.reason] ?? movement.reason}
                      {movement.order_id && (
                        <>
                          , order <a href={href(`/orders/${movement.order_id}`)}>{movement.order_id}</a>
                        </>
                      )}
                      {movement.import_id && <>, import {movement.import_id}</>}
                      {movement.note && <span class="second">{movement.note}</span>}
                    </>
                  ),
                },
                { head: "Who", from: "medium", cell: (movement: Movement) => who(movement.actor) },
              ]}
            />
          </Section>
        </div>
        <Section title="Product">
          <div class="pad">
            <dl class="facts">
              <dt>SKU</dt>
              <dd>{data.sku}</dd>
              <dt>Price</dt>
              <dd>
                <Money minor={data.price} currency={data.currency} />
              </dd>
              <dt>Tax class</dt>
              <dd>{taxClassName(data.tax_class)}</dd>
              <dt>Weight</dt>
              <dd>{data.weight_g === null ? "unknown" : `${new Intl.NumberFormat().format(data.weight_g)} g`}</dd>
              <dt>Warn at</dt>
              <dd>{data.low_stock_threshold === null ? "never" : `${data.low_stock_threshold} available`}</dd>
              <dt>Changed</dt>
              <dd>
                <When at={data.updated_at} />
              </dd>
              <dt>Orders</dt>
              <dd>
                <a href={href(`/orders?product_id=${id}`)}>With this product</a>
              </dd>
            </dl>
            {data.description && <p class="prose spaced">{data.description}</p>}
          </div>
        </Section>
      </div>
      {open === "edit" && <Edit product={data} onClose={close} onDone={product.reload} />}
      {open === "adjust" && <Adjust product={data} onClose={close} onDone={product.reload} />}
    </Page>
  );
}

const HeldUntil = ({ hold }: { hold: Hold }) =>
  hold.expires_at ? <When at={hold.expires_at} /> : <>shipped or cancelled</>;

type Part = { product: Product; onClose: () => void; onDone: () => Promise<void> };

function Edit({ product, onClose, onDone }: Part) {
  const opened = useOpened(product);
  const { currency } = useSession().shop;
  return (
    <Dialog title={`Edit ${opened.name}`} onClose={onClose} wide>
      <Form
        submit="Save"
        cancel={onClose}
        onSubmit={async (fields) => {
          const saved = await saveEdit(opened, productOf(fields, currency), productEditing(opened.id, currency));
          if (saved) notify(`${saved.name} saved`);
          await onDone();
          onClose();
        }}
      >
        <ProductFields product={opened} />
      </Form>
    </Dialog>
  );
}

/** Changes the stock with a reason, which is recorded. */
function Adjust({ product, onClose, onDone }: Part) {
  const load = () => get("/admin/inventory/{id}", [product.id]);
  const { seen, act } = useSeen(
    product,
    load,
    (was, now) => `On hand went from ${was.on_hand} to ${now.on_hand} while this was open`,
  );
  const [reason, setReason] = useState<string>("received");
  const counted = reason === "corrected";
  return (
    <Dialog title={`Adjust the stock of ${product.name}`} onClose={onClose}>
      <Form
        submit="Save"
        cancel={onClose}
        onSubmit={async (fields) => {
          const count = requiredInteger(fields, "adjust", {
            signed: !counted,
            ...(reason === "adjusted" && { least: -Infinity }),
          });
          const delta = counted ? count - seen.on_hand : reason === "damaged" ? -count : count;
          if (delta === 0) return onClose();
          const body = { adjust: delta, reason: reason as "received", ...(fields.note && { note: fields.note }) };
          const adjust = async ({
            version,
            on_hand,
          }: Pick<Product, "version" | "on_hand">): Promise<{ name: string; on_hand: number }> => {
            try {
              return await put("/admin/inventory/{id}", [seen.id], { body, version });
            } catch (error) {
              if (!(error instanceof Problem) || error.status !== 412) throw error;
              const now = await load();
              // Added or removed units apply to the current stock. A counted figure is checked against the
              // version that was shown; but an order that reserves units also makes a new version, and moves
              // no stock.
              if (counted && now.on_hand !== on_hand) throw error;
              return adjust(now);
            }
          };
          await act(async (product) => {
            const saved = await adjust(product);
            notify(`${saved.name}: ${saved.on_hand} on hand`);
          });
          await onDone();
          onClose();
        }}
      >
        <SelectField name="reason" label="What happened" options={reasons} value={reason} onChange={setReason} />
        <NumberField
          key={String(counted)}
          name="adjust"
          label={counted ? "Counted on hand" : "How many"}
          unit="units"
          signed={reason === "adjusted"}
          value={counted ? String(seen.on_hand) : ""}
          hint={
            reason === "received"
              ? `Added to the ${seen.on_hand} on hand.`
              : reason === "damaged"
                ? `Taken off the ${seen.on_hand} on hand.`
                : reason === "adjusted"
                  ? "With a minus to take off."
                  : `${seen.on_hand} by the books.`
          }
        />
        <TextField name="note" label="Note" optional maxLength={500} hint="Such as a delivery note's number." />
      </Form>
    </Dialog>
  );
}
