import type { ComponentChildren } from "preact";
import { href } from "../router";
import { useMay } from "../session";
import { percentText, untaxedText } from "../text/taxes";
import { Section } from "../ui/page";
import { Table } from "../ui/table";
import { Money } from "../ui/text";
import type { Order } from "./order";
import { StaffDiscount } from "./order-discount";

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
        mayChange && isUnpaid && isOpen && order.customer && <StaffDiscount order={order} onChanged={onChanged} />
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
                <a href={href(`/inventory/${item.product_id}`)}>{item.name}</a>
                <span class="second">
                  {item.sku}
                  {ratesDiffer && ` · ${percentText(item.tax_rate_ppm)} tax`}
                </span>
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

/** Taxes that are added stand above the total; those that prices include, below it. */
function Sums({ order }: { order: Order }) {
  const { currency } = order;
  const added = order.tax > 0;
  const taxes = order.tax_treatment === "taxed" ? order.taxes : [];
  const why = untaxedText(order);
  const reasons = [order.discount_reason, order.staff_discount_reason].filter(Boolean).join("; ");
  const taxLines = taxes.map(({ rate_ppm, base, tax }) => (
    <Line key={rate_ppm} minor={tax} currency={currency} muted={!added}>
      {added ? "Tax" : "of which tax"}, {percentText(rate_ppm)} on <Money minor={base} currency={currency} />
    </Line>
  ));
  return (
    <>
      <dl class="sums pad">
        <Line minor={order.subtotal} currency={currency}>
          Subtotal
        </Line>
        {order.discount > 0 && (
          <Line minor={-order.discount} currency={currency}>
            Discount{reasons && ` (${reasons})`}
          </Line>
        )}
        <Line minor={order.shipping} currency={currency}>
          Shipping{order.discount === 0 && order.discount_reason && ` (${order.discount_reason})`}
        </Line>
        {added && taxLines}
        <dt class="total">Total</dt>
        <dd class="total">
          <Money minor={order.total} currency={currency} />
        </dd>
        {!added && taxLines}
      </dl>
      {why && <p class="pad muted">{why}</p>}
    </>
  );
}

function Line({
  minor,
  currency,
  muted = false,
  children,
}: {
  minor: number;
  currency: string;
  muted?: boolean;
  children: ComponentChildren;
}) {
  return (
    <>
      <dt class="muted">{children}</dt>
      <dd class={muted ? "muted" : ""}>
        <Money minor={minor} currency={currency} />
      </dd>
    </>
  );
}
