import { useData } from "../api/data";
import { useMay } from "../session";
import { Copy } from "../ui/copy";
import { Section } from "../ui/page";
import type { Order } from "./order";

/** The customer's own pages, to be passed on: whoever has a link sees that page without signing in. */
export function Links({ order }: { order: Order }) {
  const mayPass = useMay("staff");
  const pages = useData(mayPass ? "/admin/orders/{id}/links" : undefined, [order.id]).data;
  if (!mayPass || !pages || order.status === "draft") return null;
  const parcels = order.shipments.filter(({ tracking_url }) => tracking_url !== null);
  const links = [
    { to: pages.order_page, name: "Order page", hint: "Shows the order, and cancels it as long as that is allowed." },
    { to: pages.receipt, name: "Receipt", hint: "" },
    ...parcels.map(({ id, tracking_number, tracking_url }) => ({
      to: tracking_url!,
      name: `Tracking of ${tracking_number ?? `parcel ${id}`}`,
      hint: "",
    })),
  ];
  return (
    <Section title="Links for the customer" class="staff-only">
      <ul class="pad links">
        {links.map(({ to, name, hint }) => (
          <li key={to}>
            <a href={to}>{name}</a>
            <Copy text={to} label={`Copy link: ${name}`} />
            {hint && <p class="hint">{hint}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
