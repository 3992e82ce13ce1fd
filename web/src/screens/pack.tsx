import { explain, get, Problem, postForPdf, type Row } from "../api/client";
import { go, href } from "../router";
import { useMay } from "../session";
import { countryName } from "../text/countries";
import { Button } from "../ui/button";
import { openFile } from "../ui/file";
import { List } from "../ui/list";
import { Page } from "../ui/page";
import { ScanField } from "../ui/scan-field";
import { soundRight, soundWrong } from "../ui/sound";
import { Empty } from "../ui/states";
import { When } from "../ui/text";
import { notify } from "../ui/toast";
import { labelWords } from "./order-pack";
import { TagsOf } from "./order-tags";
import { fulfil, markShipped, showResults, takeBack } from "./orders-bulk";

export type ToPack = Row<"/admin/packing">;

/** What staff go through in the morning: oldest orders first, with all that is needed to pack them. */
export default function Pack() {
  const mayChange = useMay("staff");
  const open = async (code: string) => {
    try {
      const order = await get("/admin/packing/{id}", [code.replace(/^#/, "")]);
      soundRight();
      go(`/pack/${order.id}`);
    } catch (error) {
      soundWrong();
      const unknown = error instanceof Problem && [400, 404, 422].includes(error.status);
      notify(unknown ? `${code} is not an order’s number` : explain(error), { kind: "bad" });
    }
  };
  return (
    <Page title="To pack">
      {mayChange && <ScanField label="Scan a slip, or type an order’s number" onScan={open} />}
      <List
        path="/admin/packing"
        query={{}}
        filtered={false}
        live={["order.", "payment.", "shipment.", "setting."]}
        caption="To pack, oldest first"
        keyOf={(order: ToPack) => order.id}
        tone={(order: ToPack) => (order.label === "leaving" ? "dim" : undefined)}
        empty={<Empty title="Nothing to pack">Orders appear here once they may be packed.</Empty>}
        columns={[
          {
            head: "Order",
            cell: (order: ToPack) => (
              <>
                <a href={href(`/pack/${order.id}`)}>{order.id}</a>
                <span class="second wrap-anywhere">{order.customer_name || "erased"}</span>
              </>
            ),
          },
          { head: "Items", class: "wrap-anywhere", cell: (order: ToPack) => <ItemsOf order={order} /> },
          {
            head: "To",
            cell: (order: ToPack) =>
              order.delivery_kind === "pickup" ? "pickup" : order.country && countryName(order.country),
          },
          {
            head: "Note",
            from: "medium",
            class: "wrap-anywhere",
            cell: (order: ToPack) => (
              <>
                {order.note}
                {order.staff_note && <span class="second">{order.staff_note}</span>}
                <TagsOf tags={order.tags} />
              </>
            ),
          },
          {
            head: "Label",
            cell: (order: ToPack) => (
              <span class={["failed", "outdated"].includes(order.label ?? "") ? "bad" : "muted"}>
                {order.label ? (labelWords[order.label] ?? order.label) : "none yet"}
              </span>
            ),
          },
          { head: "Placed", end: true, from: "medium", cell: (order: ToPack) => <When at={order.created_at} ago /> },
        ]}
        {...(mayChange && {
          bulk: (rows: ToPack[], done: (keep: boolean) => void) => <PackBulk orders={rows} done={done} />,
        })}
      />
    </Page>
  );
}

function ItemsOf({ order }: { order: ToPack }) {
  return (
    <>
      {order.items.map((item) => (
        <div key={item.item_id}>
          {item.units > 0 && `${item.units} × ${item.name}`}
          {item.awaited > 0 && <span class="muted"> ({item.awaited} not in stock)</span>}
        </div>
      ))}
      {order.note && <span class="second narrow-only">{order.note}</span>}
    </>
  );
}

function PackBulk({ orders, done }: { orders: ToPack[]; done: (keep: boolean) => void }) {
  const allowing = (act: ToPack["can"][number]) => orders.filter(({ can }) => can.includes(act));
  const leaving = orders.filter(({ label }) => label === "leaving");
  const shippable = allowing("mark_shipped");
  // Orders without a parcel get one with the shop's own label, so that all is in one print.
  const print = async () => {
    const ids = await withParcels(orders);
    if (ids.length > 0) openFile(await postForPdf("/admin/packing/sheets", { order_ids: ids }), "to-pack.pdf");
    done(true);
  };
  return (
    <>
      <Button class="primary" onPress={print}>
        Print
      </Button>
      <Button
        disabled={shippable.length === 0}
        onPress={async () => {
          await markShipped(
            shippable.map(({ id }) => id),
            () => done(true),
          );
          done(true);
        }}
      >
        Mark shipped{shippable.length > 0 && shippable.length < orders.length && ` (${shippable.length})`}
      </Button>
      {leaving.length > 0 && (
        <Button
          onPress={async () => {
            await takeBack(leaving.map(({ id }) => id));
            done(true);
          }}
        >
          Not shipped after all{leaving.length < orders.length && ` (${leaving.length})`}
        </Button>
      )}
    </>
  );
}

/** Starts the parcels of orders that have none. @returns the orders that can be printed */
async function withParcels(orders: ToPack[]): Promise<number[]> {
  const without = orders.filter(({ can, delivery_kind }) => can.includes("fulfil") && delivery_kind !== "own_delivery");
  if (without.length === 0) return orders.map(({ id }) => id);
  const results = await fulfil(without, { label_at_once: true });
  const failed = results.filter(({ fault }) => fault !== "");
  if (failed.length > 0) void showResults("Print", results);
  return orders.map(({ id }) => id).filter((id) => !failed.some(({ order }) => order === id));
}
