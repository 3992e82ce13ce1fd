import type { Row } from "../api/client";
import { href } from "../router";
import { ExportButton } from "../ui/export";
import { List, Search, useFilters } from "../ui/list";
import { Page } from "../ui/page";
import { Empty } from "../ui/states";
import { Mood } from "../ui/status";
import { When } from "../ui/text";

type Customer = Row<"/admin/customers">;

export default function Customers() {
  const { q } = useFilters(["q"] as const);
  return (
    <Page title="Customers" actions={<ExportButton path="/admin/customers/export" query={{ q }} />}>
      <List
        path="/admin/customers"
        query={{ q }}
        filtered={q !== ""}
        live={["customer.", "order.placed"]}
        caption="Customers"
        keyOf={(customer: Customer) => customer.id}
        tone={(customer: Customer) => (customer.erased ? "dim" : undefined)}
        empty={
          <Empty title="No customers yet">A customer appears here with the first order, or with an account.</Empty>
        }
        toolbar={<Search label="Name, e-mail, phone or town" />}
        columns={[
          {
            head: "Customer",
            class: "wrap-anywhere",
            cell: (customer: Customer) => (
              <>
                <a href={href(`/customers/${customer.id}`)}>{customer.name ?? `Customer ${customer.id}, erased`}</a>
                {customer.email && <span class="second">{customer.email}</span>}
              </>
            ),
          },
          { head: "Phone", from: "medium", cell: (customer: Customer) => customer.phone ?? "" },
          {
            head: "City",
            from: "medium",
            cell: (customer: Customer) =>
              customer.shipping_address
                ? `${customer.shipping_address.city}, ${customer.shipping_address.country}`
                : "",
          },
          {
            head: "Signs in",
            cell: (customer: Customer) =>
              customer.has_account ? (
                <Mood tone="good">Account</Mood>
              ) : (
                <Mood tone="" fill="">
                  Guest
                </Mood>
              ),
          },
          { head: "Since", end: true, from: "large", cell: (customer: Customer) => <When at={customer.created_at} /> },
        ]}
      />
    </Page>
  );
}
