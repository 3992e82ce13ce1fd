import { useState } from "preact/hooks";
import { get, Problem, put, type Row } from "../api/client";
import { href } from "../router";
import { beyondText, isCounted } from "../text/stock";
import { capital } from "../text/words";
import { Dialog } from "../ui/dialog";
import { useSeen } from "../ui/edit";
import { Form, NumberField, requiredInteger, SelectField, TextField } from "../ui/form";
import { List } from "../ui/list";
import { Section } from "../ui/page";
import { Empty } from "../ui/states";
import { Mood, Status } from "../ui/status";
import { Table } from "../ui/table";
import { When, who } from "../ui/text";
import { notify } from "../ui/toast";
import { isLow, type Product } from "./inventory-edit";

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

/** What is there of a product, what is promised, and what can be sold. */
export function Stock({ product }: { product: Product }) {
  return (
    <Section title="Stock">
      {isCounted(product) ? (
        <>
          <dl class="stock">
            <div>
              <dt>On hand</dt>
              <dd>{product.on_hand}</dd>
            </div>
            <div>
              <dt>Reserved</dt>
              <dd>{product.reserved}</dd>
            </div>
            <div>
              <dt>Available</dt>
              <dd>
                {product.available}
                {product.status === "active" && isLow(product) && (
                  <small>
                    <Mood tone="warn" fill="half">
                      low
                    </Mood>
                  </small>
                )}
              </dd>
            </div>
          </dl>
          {product.stock_policy === "beyond" && <p class="pad muted">{capital(beyondText(product))}.</p>}
        </>
      ) : (
        <p class="pad muted">Not counted: any number of it can be ordered.</p>
      )}
    </Section>
  );
}

/** The open orders that hold units of a product. */
export function Holds({ product }: { product: Product }) {
  return (
    <Section title="Held by open orders">
      <Table
        caption="Orders that hold units"
        steps={false}
        rows={product.holds}
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
          {
            head: "Units",
            end: true,
            cell: (hold: Hold) => (
              <>
                {hold.quantity}
                {hold.awaited > 0 && <span class="second">{hold.awaited} awaited</span>}
              </>
            ),
          },
          {
            head: "Held until",
            end: true,
            class: "wide-only",
            cell: (hold: Hold) => <HeldUntil hold={hold} />,
          },
        ]}
      />
    </Section>
  );
}

const HeldUntil = ({ hold }: { hold: Hold }) =>
  hold.expires_at ? <When at={hold.expires_at} /> : <>shipped or cancelled</>;

/** How the stock of a product came to be, newest first. */
export function Movements({ product }: { product: Product }) {
  return (
    <Section title="Movements" class="flush">
      <List
        path="/admin/inventory/{id}/movements"
        values={[product.id]}
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
  );
}

type Part = { product: Product; onClose: () => void; onDone: () => Promise<void> };

/** Changes the stock with a reason, which is recorded. */
export function Adjust({ product, onClose, onDone }: Part) {
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
