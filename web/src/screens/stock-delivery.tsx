import { useRef, useState } from "preact/hooks";
import { type Answer, newKey, post, put } from "../api/client";
import { href } from "../router";
import { Button } from "../ui/button";
import { CodeRow } from "../ui/code-row";
import { confirmAct } from "../ui/dialog";
import { Section } from "../ui/page";
import { Empty } from "../ui/states";
import { Table } from "../ui/table";
import { notify } from "../ui/toast";
import { useFinding } from "./stock-find";

type Delivery = Answer<"/admin/inventory/deliveries/{id}", "get">;
type Line = Delivery["lines"][number];

/** Books in a delivery: each line is on hand as soon as it is entered, and all of it can be taken back. */
export function BookIn() {
  const [delivery, setDelivery] = useState<Delivery | undefined>();
  const reference = useRef<HTMLInputElement>(null);

  const begun = async (): Promise<Delivery> =>
    delivery ??
    (await post("/admin/inventory/deliveries", [], {
      body: { reference: reference.current!.value.trim() },
      idempotencyKey: newKey(),
    }));
  const add = async (product: { product_id: number; sku: string; name: string }, units: number) => {
    const { id } = await begun();
    const body = { product_id: product.product_id, units };
    setDelivery(await post("/admin/inventory/deliveries/{id}/lines", [id], { body, idempotencyKey: newKey() }));
    finding.right(`${units > 0 ? "+" : ""}${units} × ${product.name}`);
  };
  const finding = useFinding((product, units = 1) => add(product, units));
  const undo = async () => {
    const sure = await confirmAct({
      title: "Undo this delivery?",
      text: <p>All of its units are taken off the stock again, also those of lines that are right.</p>,
      act: "Undo the delivery",
      danger: true,
    });
    if (!sure || !delivery) return;
    await post("/admin/inventory/imports/{id}/undo", [delivery.id], { idempotencyKey: newKey() });
    notify("The delivery is undone");
    setDelivery(undefined);
    finding.forget();
  };
  const units = delivery?.lines.reduce((sum, line) => sum + line.units, 0) ?? 0;

  return (
    <Section
      title={delivery ? `Delivery ${delivery.id}` : "A delivery"}
      actions={
        delivery && (
          <>
            <Button onPress={undo}>Undo all…</Button>
            <button
              type="button"
              onClick={() => {
                setDelivery(undefined);
                finding.forget();
                reference.current!.value = "";
              }}
            >
              Next delivery
            </button>
          </>
        )
      }
    >
      <div class="pad">
        <label class="reference">
          <span>Supplier’s reference (optional)</span>
          <input
            ref={reference}
            type="text"
            maxLength={100}
            autoComplete="off"
            onChange={async (event) => {
              if (!delivery) return;
              const body = { reference: event.currentTarget.value.trim() };
              setDelivery(await put("/admin/inventory/deliveries/{id}", [delivery.id], { body }));
            }}
          />
        </label>
        <CodeRow label="Barcode, SKU or name" unitsLabel="Units (1)" act="Add" onEnter={finding.enter} />
        {finding.shown("Each line is on hand at once.")}
      </div>
      {delivery && delivery.lines.length > 0 ? (
        <Table
          caption="What came"
          steps={false}
          rows={[...delivery.lines]}
          keyOf={(line: Line) => line.product_id}
          columns={[
            {
              head: "Product",
              class: "wrap-anywhere",
              cell: (line: Line) => (
                <>
                  <a href={href(`/inventory/${line.product_id}`)}>{line.name}</a>
                  <span class="second">{line.sku}</span>
                </>
              ),
            },
            { head: "Came", end: true, cell: (line: Line) => line.units },
            { head: "On hand", end: true, from: "medium", cell: (line: Line) => line.on_hand },
            {
              head: "Take back",
              acts: true,
              cell: (line: Line) => (
                <Button aria-label={`Remove ${line.name}`} onPress={() => add(line, -line.units)}>
                  Remove
                </Button>
              ),
            },
          ]}
          foot={[[delivery.lines.length === 1 ? "1 product" : `${delivery.lines.length} products`, units, "", ""]]}
        />
      ) : (
        <Empty title="Nothing yet">Scan what came, or type it: 12*SKU are twelve of it.</Empty>
      )}
    </Section>
  );
}
