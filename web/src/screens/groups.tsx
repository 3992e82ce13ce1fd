import type { Row } from "../api/client";
import { href } from "../router";
import { useMay } from "../session";
import { Choice, List, Search, useFilters } from "../ui/list";
import { Page } from "../ui/page";
import { Empty } from "../ui/states";
import { Money } from "../ui/text";
import { WithThumb } from "../ui/thumb";

type Group = Row<"/admin/product-groups">;

export default function Groups() {
  const { q } = useFilters(["q"] as const);
  const mayChange = useMay("staff");
  return (
    <Page
      title="Products with options"
      back={{ to: "/inventory", label: "Inventory" }}
      actions={
        mayChange && (
          <a class="button primary" href={href("/inventory/groups/new")}>
            Add one
          </a>
        )
      }
    >
      <List
        path="/admin/product-groups"
        query={{ q }}
        filtered={q !== ""}
        live={["product_group.", "product.", "import."]}
        caption="Products with options"
        keyOf={(group: Group) => group.id}
        sortable
        tone={(group: Group) => (group.price_from === null ? "dim" : undefined)}
        empty={
          <Empty title="No products with options yet">
            What comes in several sizes or colours is one page for customers, with a product for each combination.
          </Empty>
        }
        toolbar={
          <>
            <Search label="Name, value or SKU" />
            <Choice
              name="sort"
              label="Order of the list"
              options={[
                ["", "Newest first"],
                ["name", "By name"],
              ]}
            />
          </>
        }
        columns={[
          {
            head: "Name",
            class: "wrap-anywhere",
            cell: (group: Group) => (
              <WithThumb pictures={group.pictures}>
                <a href={href(`/inventory/groups/${group.id}`)}>{group.name}</a>
                <span class="second">{group.options.map((option) => option.name).join(", ")}</span>
              </WithThumb>
            ),
          },
          { head: "Variants", end: true, cell: (group: Group) => group.variant_count },
          {
            head: "Price from",
            end: true,
            cell: (group: Group) =>
              group.price_from === null ? (
                <span class="muted">not on sale</span>
              ) : (
                <Money minor={group.price_from} currency={group.currency} />
              ),
          },
          { head: "Handle", from: "medium", class: "wrap-anywhere", cell: (group: Group) => group.handle },
        ]}
      />
    </Page>
  );
}
