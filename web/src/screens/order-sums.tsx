import type { ComponentChildren } from "preact";
import { percentText, untaxedText } from "../text/taxes";
import { Money } from "../ui/text";
import type { Order } from "./order";

/** Taxes that are added stand above the total; those that prices include, below it. */
export function Sums({ order }: { order: Order }) {
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
        {order.balance !== 0 && order.balance !== order.total && (
          <>
            <dt class="total">{order.balance > 0 ? "Still owed" : "To be refunded"}</dt>
            <dd class="total">
              <Money minor={Math.abs(order.balance)} currency={currency} />
            </dd>
          </>
        )}
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
