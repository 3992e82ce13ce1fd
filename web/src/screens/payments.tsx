import type { Row } from "../api/client";
import { useData } from "../api/data";
import { href } from "../router";
import { Chip, Choice, DayFilter, List, MoreFilters, Search, Tabs, useFilters } from "../ui/list";
import { Page } from "../ui/page";
import { Empty } from "../ui/states";
import { PaymentStatus, statusLabels } from "../ui/status";
import { Money, When } from "../ui/text";

type Payment = Row<"/admin/payments">;

/** "Visa ··4242", "Bank transfer". */
export function methodLabel({ method }: Pick<Payment, "method">): string {
  if (method.type === "bank_transfer") return "Bank transfer";
  if (method.type === "cash_on_delivery") return "Cash on delivery";
  if (method.type === "cash") return "Cash";
  if (method.type === "terminal") return "Card terminal";
  const brand = method.brand ? method.brand[0]!.toUpperCase() + method.brand.slice(1) : "Card";
  return method.last4 ? `${brand} ··${method.last4}` : brand;
}

const gateways: Record<string, string> = { sandbox: "Sandbox (simulated)", stripe: "Stripe", manual: "By hand" };

const live = ["payment.", "refund.", "order."];

/** What all payments that the filters find come to, on whatever page of them. */
function Totals({ filters }: { filters: Record<string, string> }) {
  const { data } = useData("/admin/payments/totals", [], { query: filters, live });
  if (!data || data.count === 0) return null;
  const { count, amount, captured, refunded, outstanding, currency, most } = data;
  if (count === null || amount === null || captured === null || refunded === null || outstanding === null)
    return (
      <p class="totals muted">
        Over {most.toLocaleString()} payments: search, or choose days, to see what they come to.
      </p>
    );
  const sums = [
    ["Amount", amount],
    ["Taken in", captured],
    ["Refunded", refunded],
    ["Outstanding", outstanding],
  ] as const;
  return (
    <dl class="totals">
      <div>
        <dt>Payments</dt>
        <dd>{count.toLocaleString()}</dd>
      </div>
      {sums.map(([label, minor]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <Money minor={minor} currency={currency} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

export default function Payments() {
  const filters = useFilters([
    "status",
    "order_status",
    "method",
    "gateway",
    "order_id",
    "refund_to_be_sent",
    "from",
    "to",
    "q",
  ] as const);
  return (
    <Page title="Payments">
      <List
        path="/admin/payments"
        query={filters}
        filtered={Object.values(filters).some(Boolean)}
        live={live}
        summary={<Totals filters={filters} />}
        caption="Payments, newest first"
        keyOf={(payment: Payment) => payment.id}
        tone={(payment: Payment) => (payment.status === "voided" ? "dim" : undefined)}
        empty={<Empty title="No payments yet">Every attempt to pay an order appears here, failed ones too.</Empty>}
        toolbar={
          <>
            <Tabs
              label="Status"
              options={[
                ["", "All"],
                ["status=processing,requires_action,authorized", "Open"],
                ["status=succeeded", "Paid"],
                ["status=failed", "Failed"],
                ["status=partially_refunded,refunded", "Refunded"],
                ["refund_to_be_sent=true", "Refunds to send"],
                ["status=disputed", "Disputed"],
              ]}
            />
            <Search label="Order, amount, reference or name" />
            <MoreFilters names={["method", "gateway", "from", "to"]}>
              <Choice
                name="method"
                label="Paid by"
                options={[
                  ["", "Every way"],
                  ["card", "Card"],
                  ["bank_transfer", "Bank transfer"],
                  ["cash_on_delivery", "Cash on delivery"],
                  ["cash", "Cash"],
                  ["terminal", "Card terminal"],
                ]}
              />
              <Choice name="gateway" label="Gateway" options={[["", "Every gateway"], ...Object.entries(gateways)]} />
              <DayFilter name="from" label="From" />
              <DayFilter name="to" label="to" />
            </MoreFilters>
            <Chip name="order_status">Of orders that are: {statusLabels("order", filters.order_status)}</Chip>
            <Chip name="order_id">
              Of <a href={href(`/orders/${filters.order_id}`)}>order {filters.order_id}</a>
            </Chip>
          </>
        }
        columns={[
          {
            head: "Order",
            cell: (payment: Payment) => (
              <>
                <a href={href(`/orders/${payment.order_id}`)}>{payment.order_id}</a>
                <span class="second narrow-only">{payment.customer_name}</span>
                <span class="second narrow-only">{methodLabel(payment)}</span>
              </>
            ),
          },
          {
            head: "Customer",
            class: "wide-only wrap-anywhere",
            cell: (payment: Payment) => payment.customer_name || <span class="muted">erased</span>,
          },
          {
            head: "Status",
            cell: (payment: Payment) => (
              <>
                <PaymentStatus status={payment.status} method={payment.method.type} />
                {payment.failure && <span class="second wide-only">{payment.failure.code.replaceAll("_", " ")}</span>}
              </>
            ),
          },
          { head: "By", class: "wide-only", cell: (payment: Payment) => methodLabel(payment) },
          { head: "Gateway", from: "medium", cell: (payment: Payment) => gateways[payment.gateway] ?? payment.gateway },
          {
            head: "Amount",
            end: true,
            cell: (payment: Payment) => (
              <>
                <Money minor={payment.amount} currency={payment.currency} />
                {payment.refunded > payment.to_be_sent && (
                  <span class="second">
                    <Money minor={payment.to_be_sent - payment.refunded} currency={payment.currency} />
                  </span>
                )}
                {payment.to_be_sent > 0 && (
                  <span class="second warn">
                    <Money minor={payment.to_be_sent} currency={payment.currency} /> to send back
                  </span>
                )}
              </>
            ),
          },
          { head: "Made", end: true, from: "medium", cell: (payment: Payment) => <When at={payment.created_at} /> },
        ]}
      />
    </Page>
  );
}
