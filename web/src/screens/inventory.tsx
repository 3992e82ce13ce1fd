import type { Row } from "../api/client";
import { useData } from "../api/data";
import { href } from "../router";
import { useMay, useSession } from "../session";
import { money, moneyInput } from "../text/money";
import { beyondText, isCounted } from "../text/stock";
import { taxClassName } from "../text/taxes";
import { ExportButton } from "../ui/export";
import { InPlace } from "../ui/in-place";
import { Choice, List, Search, Tabs, useFilters } from "../ui/list";
import { Page } from "../ui/page";
import { Empty } from "../ui/states";
import { Mood, Status } from "../ui/status";
import { WithThumb } from "../ui/thumb";
import { BulkEdit } from "./inventory-bulk";
import { isLow, savePrice, saveStock, saveThreshold } from "./inventory-edit";

type Product = Row<"/admin/inventory">;

export default function Inventory() {
  const filters = useFilters(["q", "view", "collection"] as const);
  const collections = useData("/admin/collections", [], { live: ["collection."], whole: true }).data?.data ?? [];
  const mayChange = useMay("staff");
  const { currency } = useSession().shop;
  const statuses: Record<string, string> = { archived: "archived", hidden: "hidden", all: "" };
  const query = {
    q: filters.q,
    collection: filters.collection,
    status: statuses[filters.view] ?? "active",
    ...(filters.view === "low" && { low_stock: true }),
    ...(filters.view === "out" && { in_stock: false }),
  };
  return (
    <Page
      title="Inventory"
      actions={
        <>
          <a class="button" href={href("/inventory/groups")}>
            With options
          </a>
          <ExportButton path="/admin/inventory/export" />
          {mayChange && (
            <>
              <a class="button" href={href("/inventory/stock-in")}>
                Deliveries and counts
              </a>
              <a class="button" href={href("/inventory/import")}>
                Import…
              </a>
              <a class="button" href={href("/collections")}>
                Collections
              </a>
              <a class="button primary" href={href("/inventory/new")}>
                Add a product
              </a>
            </>
          )}
        </>
      }
    >
      <List
        path="/admin/inventory"
        query={query}
        filtered={Boolean(filters.q || filters.view || filters.collection)}
        live={["product.", "stock.", "order.", "shipment.", "import.", "collection."]}
        caption="Products and their stock"
        keyOf={(product: Product) => product.id}
        sortable
        tone={(product: Product) => (product.status === "archived" ? "dim" : undefined)}
        empty={
          <Empty title="No products yet">
            <p>Add the first one, or import a whole catalogue as CSV.</p>
            {mayChange && (
              <p>
                <a class="button" href={href("/inventory/import")}>
                  Import a catalogue
                </a>
              </p>
            )}
          </Empty>
        }
        toolbar={
          <>
            <Tabs
              label="Which products"
              options={[
                ["", "On sale"],
                ["view=low", "Low stock"],
                ["view=out", "Sold out"],
                ["view=hidden", "Hidden"],
                ["view=archived", "Archived"],
                ["view=all", "All"],
              ]}
            />
            <Search label="Name, SKU or description" />
            {collections.length > 0 && (
              <Choice
                name="collection"
                label="Which collection"
                options={[["", "All collections"], ...collections.map(({ id, name }) => [String(id), name] as const)]}
              />
            )}
            <Choice
              name="sort"
              label="Order of the list"
              options={[
                ["", "Newest first"],
                ["oldest", "Oldest first"],
                ["name", "By name"],
                ["sku", "By SKU"],
                ["available", "Least available first"],
                ["-available", "Most available first"],
                ["price", "Cheapest first"],
                ["-price", "Dearest first"],
                ["updated", "Changed last first"],
              ]}
            />
          </>
        }
        {...(mayChange && {
          bulk: (rows: Product[], done: (keep: boolean) => void) => (
            <BulkEdit products={rows} collections={collections} done={done} />
          ),
        })}
        columns={[
          {
            head: "Product",
            sort: "name",
            class: "wrap-anywhere",
            cell: (product: Product) => (
              <WithThumb pictures={product.pictures}>
                <a href={href(`/inventory/${product.id}`)}>{product.name}</a>
                <span class="second">{product.sku}</span>
                {product.stock_policy === "beyond" && <span class="second">{beyondText(product)}</span>}
                {product.tax_class !== "standard" && (
                  <span class="second">Tax: {taxClassName(product.tax_class).toLowerCase()}</span>
                )}
              </WithThumb>
            ),
          },
          {
            head: "On hand",
            end: true,
            cell: (product: Product) =>
              isCounted(product) ? (
                <InPlace
                  may={mayChange}
                  label={`On hand of ${product.name}`}
                  shown={String(product.on_hand)}
                  value={String(product.on_hand)}
                  hint="+24 adds, -3 takes off"
                  signed
                  onSave={(text) => saveStock(product, text, currency)}
                />
              ) : (
                <span class="muted">not counted</span>
              ),
          },
          {
            head: "Reserved",
            end: true,
            from: "medium",
            cell: (product: Product) => isCounted(product) && product.reserved,
          },
          {
            head: "Available",
            end: true,
            sort: "available",
            cell: (product: Product) => (
              <>
                <strong>{product.available}</strong>
                {product.status === "active" && isLow(product) && (
                  <span class="second">
                    <Mood tone="warn" fill="half">
                      low
                    </Mood>
                  </span>
                )}
              </>
            ),
          },
          {
            head: "Warn at",
            end: true,
            from: "large",
            cell: (product: Product) =>
              isCounted(product) && (
                <InPlace
                  may={mayChange}
                  label={`Low-stock threshold of ${product.name}`}
                  shown={product.low_stock_threshold === null ? "never" : String(product.low_stock_threshold)}
                  value={product.low_stock_threshold === null ? "" : String(product.low_stock_threshold)}
                  hint="Empty: never"
                  onSave={(text) => saveThreshold(product, text, currency)}
                />
              ),
          },
          {
            head: "Price",
            end: true,
            from: "medium",
            sort: "price",
            cell: (product: Product) => (
              <InPlace
                may={mayChange}
                label={`Price of ${product.name}`}
                shown={money(product.price, product.currency)}
                value={moneyInput(product.price, product.currency)}
                onSave={(text) => savePrice(product, text, product.currency)}
              />
            ),
          },
          {
            head: "Status",
            from: "large",
            cell: (product: Product) => <Status kind="product" value={product.status} />,
          },
        ]}
      />
    </Page>
  );
}
