import { useState } from "preact/hooks";
import { explain, newKey, Problem, post } from "../api/client";
import { href, useUnsavedGuard } from "../router";
import { Button } from "../ui/button";
import { CodeRow } from "../ui/code-row";
import { Section } from "../ui/page";
import { Empty } from "../ui/states";
import { Table } from "../ui/table";
import { notify } from "../ui/toast";
import { type Found, useFinding } from "./stock-find";

/** A product that was counted; `seen`: on hand, as it was shown then. */
interface Row {
  product: Found;
  seen: number;
  counted: number;
  /** What was seen before its stock changed while others were counted. */
  before?: number;
}

const signed = (count: number) => (count > 0 ? `+${count}` : count < 0 ? `−${-count}` : "0");

/** Counts shelves: nothing is booked before the differences were seen. */
export function CountShelves() {
  const [rows, setRows] = useState<Row[]>([]);
  const [key, setKey] = useState(newKey);
  useUnsavedGuard(() => rows.length > 0);
  const differing = rows.filter(({ counted, seen }) => counted !== seen);

  const put = (row: Row) => {
    setKey(newKey());
    setRows([row, ...rows.filter(({ product }) => product.product_id !== row.product.product_id)]);
    finding.right(`${row.counted} × ${row.product.name}, ${row.seen} expected`);
  };
  const count = (product: Found, units: number | undefined) => {
    if (!product.counted) {
      finding.wrong(`The stock of ${product.name} is not counted`);
      return;
    }
    const before = rows.find((row) => row.product.product_id === product.product_id);
    // Scanned again, it is one more; a number that was typed is the whole count.
    put({ product, seen: product.on_hand, counted: units ?? (before?.counted ?? 0) + 1 });
  };
  const finding = useFinding(count);
  const book = async () => {
    try {
      const report = await post("/admin/inventory/counts", [], {
        body: {
          products: rows.map(({ product, counted, seen }) => ({ product_id: product.product_id, counted, seen })),
        },
        idempotencyKey: key,
      });
      const { id } = report;
      notify(differing.length === 1 ? "1 product is corrected" : `${differing.length} products are corrected`, {
        ...(id !== null && {
          action: {
            label: "Undo",
            run: () =>
              void post("/admin/inventory/imports/{id}/undo", [id], { idempotencyKey: newKey() }).then(
                () => notify("The count is undone"),
                (error: unknown) => notify(explain(error), { kind: "bad" }),
              ),
          },
        }),
      });
      setRows([]);
      finding.forget();
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "stock_moved") throw error;
      const moved = error.body.products as { product_id: number; on_hand: number }[];
      setRows(
        rows.map((row) => {
          const now = moved.find(({ product_id }) => product_id === row.product.product_id);
          return now ? { ...row, seen: now.on_hand, before: row.seen } : row;
        }),
      );
      setKey(newKey());
      finding.wrong(
        "The stock of some products changed while you counted. They are marked: count them again, then book.",
      );
    }
  };

  return (
    <Section
      title="A count"
      actions={
        rows.length > 0 && (
          <>
            <button type="button" onClick={() => setRows([])}>
              Begin anew
            </button>
            <Button class="primary" disabled={differing.length === 0} onPress={book}>
              {differing.length === 0
                ? "Nothing differs"
                : `Book ${differing.length} ${differing.length === 1 ? "difference" : "differences"}`}
            </Button>
          </>
        )
      }
    >
      <div class="pad">
        <CodeRow label="Barcode, SKU or name" unitsLabel="Counted" act="Count" onEnter={finding.enter} />
        {finding.shown("Scan each unit, or type how many there are. Nothing is booked yet.")}
      </div>
      {rows.length > 0 ? (
        <Table
          caption="What was counted"
          steps={false}
          rows={rows}
          keyOf={(row: Row) => row.product.product_id}
          tone={(row: Row) => (row.counted === row.seen ? "dim" : undefined)}
          columns={[
            {
              head: "Product",
              class: "wrap-anywhere",
              cell: (row: Row) => (
                <>
                  <a href={href(`/inventory/${row.product.product_id}`)}>{row.product.name}</a>
                  <span class="second">
                    {row.product.sku}
                    {row.product.shelf && ` · shelf ${row.product.shelf}`}
                  </span>
                  {row.before !== undefined && (
                    <span class="second bad">
                      changed meanwhile: {row.before} before, {row.seen} now
                    </span>
                  )}
                </>
              ),
            },
            { head: "On hand", end: true, cell: (row: Row) => row.seen },
            { head: "Counted", end: true, cell: (row: Row) => row.counted },
            {
              head: "Difference",
              end: true,
              cell: (row: Row) => (
                <strong class={row.counted < row.seen ? "bad" : ""}>{signed(row.counted - row.seen)}</strong>
              ),
            },
          ]}
        />
      ) : (
        <Empty title="Nothing counted yet">What you count appears here with what the shop expects.</Empty>
      )}
    </Section>
  );
}
