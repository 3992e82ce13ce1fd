import { href } from "../router";
import { useMay } from "../session";
import { awaitedText } from "../text/stock";
import { percentText } from "../text/taxes";
import { Section } from "../ui/page";
import { Table } from "../ui/table";
import { Money } from "../ui/text";
import type { Order } from "./order";
import { StaffDiscount } from "./order-discount";
import { EditOrder, mayEdit } from "./order-lines-edit";
import { Sums } from "./order-sums";

type Item = Order["items"][number];

/** An order's lines and sums, with its discount and its tax by rate. */
export function Items({ order, onChanged }: { order: Order; onChanged: (order: Order) => void }) {
  const { items, currency } = order;
  const mayChange = useMay("staff");
  const isUnpaid = order.payment === null || order.payment.captured === 0;
  const isOpen = ["pending", "processing", "partially_shipped"].includes(order.status);
  const ratesDiffer = items.some((item) => item.tax_rate_ppm !== items[0]!.tax_rate_ppm);
  return (
    <Section
      title="Items"
      actions={
        mayChange &&
        order.customer && (
          <>
            {isUnpaid && isOpen && <StaffDiscount order={order} onChanged={onChanged} />}
            {mayEdit(order) && <EditOrder order={order} onChanged={onChanged} />}
          </>
        )
      }
    >
      <Table
        caption="Items"
        steps={false}
        keyOf={(item: Item) => item.id}
        rows={items}
        columns={[
          {
            head: "Item",
            class: "wrap-anywhere",
            cell: (item: Item) => (
              <>
                {item.product_id ? <a href={href(`/inventory/${item.product_id}`)}>{item.name}</a> : item.name}
                <span class="second">
                  {item.sku}
                  {ratesDiffer && ` · ${percentText(item.tax_rate_ppm)} tax`}
                </span>
                {item.price_reason && <span class="second">Other price: {item.price_reason}</span>}
                {item.awaited > 0 && <span class="second">{awaitedText(item)}</span>}
              </>
            ),
          },
          {
            head: "Quantity",
            end: true,
            cell: (item: Item) => (
              <>
                {item.quantity}
                {(
                  [
                    [item.quantity_shipped, "shipped"],
                    [item.quantity_cancelled, "cancelled"],
                    [item.quantity_returned, "returned"],
                  ] as const
                ).map(([count, word]) => count > 0 && <span class="second" key={word}>{`${count} ${word}`}</span>)}
              </>
            ),
          },
          {
            head: "Price",
            end: true,
            class: "wide-only",
            cell: (item: Item) => <Money minor={item.unit_price} currency={currency} />,
          },
          {
            head: "Total",
            end: true,
            cell: (item: Item) => (
              <>
                <Money minor={item.total} currency={currency} />
                {item.discount > 0 && (
                  <span class="second">
                    <span class="unseen">Discount: </span>
                    <Money minor={-item.discount} currency={currency} />
                  </span>
                )}
              </>
            ),
          },
        ]}
      />
      <Sums order={order} />
    </Section>
  );
}
