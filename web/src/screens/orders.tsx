import type { Row } from "../api/client";
import { useData } from "../api/data";
import { href } from "../router";
import { useMay, useSession } from "../session";
import { ExportButton } from "../ui/export";
import { Chip, Choice, DayFilter, List, MoreFilters, Search, Tabs, useFilters } from "../ui/list";
import { Page } from "../ui/page";
import { SavedLists } from "../ui/saved-lists";
import { Empty } from "../ui/states";
import { PaymentStatus, Status, statusLabels } from "../ui/status";
import { Money, When } from "../ui/text";
import { isInPacking, labelWords } from "./order-pack";
import { TagsOf } from "./order-tags";
import { Bulk } from "./orders-bulk";

type Order = Row<"/admin/orders">;

const toPack = "packable=true";
/** Pending orders that must be paid before they are packed. */
export const unpaid = "status=pending&packable=false";
/** Open orders with units that are not in stock yet. */
export const awaiting = "awaits_stock=true";

const tabs = [
  ["", "All"],
  [toPack, "To pack"],
  [unpaid, "Unpaid"],
  [awaiting, "Awaiting stock"],
  ["status=shipped", "Shipped"],
  ["status=delivered", "Delivered"],
  ["status=cancelled,expired,returned", "Closed"],
  ["status=draft", "Drafts"],
] as const;

/** Whether a packed order has its label: the next step depends on it. */
function LabelState({ order: { label, can, status } }: { order: Order }) {
  if (label)
    return (
      <span class={["failed", "outdated"].includes(label) ? "second bad" : "second"}>{labelWords[label] ?? label}</span>
    );
  return isInPacking({ status }) && can.includes("fulfil") ? <span class="second">no label yet</span> : null;
}

const isClosed = ({ status }: Order) => ["cancelled", "expired"].includes(status);

export default function Orders() {
  const filters = useFilters([
    "status",
    "packable",
    "in_trouble",
    "awaits_stock",
    "tag",
    "q",
    "from",
    "to",
    "managed_by",
    "customer_id",
    "product_id",
  ] as const);
  const { user } = useSession();
  const mayChange = useMay("staff");
  const stats = useData("/admin/stats", [], { live: ["order.", "payment.", "setting."] }).data;
  const tabbed = tabs.some(([tab]) => new URLSearchParams(tab).get("status") === filters.status);

  return (
    <Page
      title="Orders"
      actions={
        <>
          <ExportButton path="/admin/orders/export" query={filters} />
          {mayChange && (
            <a class="button primary" href={href("/orders/new")}>
              New order
            </a>
          )}
        </>
      }
    >
      <List
        path="/admin/orders"
        query={filters}
        filtered={Object.values(filters).some(Boolean)}
        live={["order.", "payment.", "shipment.", "setting."]}
        caption="Orders, newest first"
        keyOf={(order: Order) => order.id}
        tone={(order: Order) => (isClosed(order) ? "dim" : undefined)}
        empty={<Empty title="No orders yet">The first one appears here automatically, as soon as it is placed.</Empty>}
        toolbar={
          <>
            <Tabs
              label="Status"
              options={tabs.map(
                ([value, label]) => [value, label, value === toPack ? stats?.to_pack : undefined] as const,
              )}
            />
            <SavedLists list="orders" />
            <Search label="Number, name, e-mail, phone, parcel…" />
            <MoreFilters names={["managed_by", "from", "to"]}>
              <Choice
                name="managed_by"
                label="Managed by"
                options={[
                  ["", "Everyone's"],
                  [String(user.id), "Mine"],
                ]}
              />
              <DayFilter name="from" label="From" />
              <DayFilter name="to" label="to" />
            </MoreFilters>
            <Chip name="customer_id">
              Of <a href={href(`/customers/${filters.customer_id}`)}>customer {filters.customer_id}</a>
            </Chip>
            <Chip name="product_id">
              With <a href={href(`/inventory/${filters.product_id}`)}>product {filters.product_id}</a>
            </Chip>
            {!tabbed && <Chip name="status">Of these: {statusLabels("order", filters.status)}</Chip>}
            <Chip name="tag">
              With the tag <b>{filters.tag}</b>
            </Chip>
            <Chip name="in_trouble">With a parcel in trouble</Chip>
          </>
        }
        columns={[
          {
            head: "Order",
            cell: (order: Order) => (
              <>
                <a href={href(`/orders/${order.id}`)}>{order.id}</a>
                <span class="second narrow-only">{order.customer_name || "erased"}</span>
                <TagsOf tags={order.tags} />
              </>
            ),
          },
          {
            head: "Customer",
            class: "wide-only wrap-anywhere",
            cell: (order: Order) => order.customer_name || <span class="muted">erased</span>,
          },
          {
            head: "Status",
            cell: (order: Order) => (
              <>
                <Status kind="order" value={order.status} />
                <LabelState order={order} />
                {order.awaits !== "none" && (
                  <span class="second">{order.awaits === "all" ? "awaits stock" : "awaits some stock"}</span>
                )}
              </>
            ),
          },
          {
            head: "Payment",
            from: "medium",
            cell: (order: Order) =>
              order.payment_status ? (
                <PaymentStatus status={order.payment_status} method={order.payment_method ?? ""} />
              ) : (
                <span class="muted">{isClosed(order) ? "nothing owed" : "none yet"}</span>
              ),
          },
          { head: "Units", end: true, from: "medium", cell: (order: Order) => order.units },
          { head: "Total", end: true, cell: (order: Order) => <Money minor={order.total} currency={order.currency} /> },
          { head: "Managed by", from: "large", cell: (order: Order) => order.managed_by.username },
          { head: "Placed", end: true, from: "medium", cell: (order: Order) => <When at={order.created_at} /> },
        ]}
        {...(mayChange && {
          bulk: (rows: Order[], done: (keep: boolean) => void) => <Bulk orders={rows} done={done} />,
        })}
      />
    </Page>
  );
}
