import { href } from "../router";
import { taxClassName } from "../text/taxes";
import { Section } from "../ui/page";
import { Money, When } from "../ui/text";
import type { Product } from "./inventory-edit";
import { fieldName, fieldText } from "./product-text";

/** What a product is: all that is known of it but its stock. */
export function Facts({ product }: { product: Product }) {
  return (
    <Section title="Product">
      <div class="pad">
        <dl class="facts">
          <dt>SKU</dt>
          <dd>{product.sku}</dd>
          {product.group ? (
            <>
              <dt>Variant of</dt>
              <dd>
                <a href={href(`/inventory/groups/${product.group.id}`)}>{product.group.name}</a>
                {product.group.options.map(({ name, value }) => (
                  <span key={name} class="second">
                    {name}: {value}
                  </span>
                ))}
              </dd>
            </>
          ) : (
            <>
              <dt>Handle</dt>
              <dd class="wrap-anywhere">{product.handle}</dd>
            </>
          )}
          <dt>Price</dt>
          <dd>
            <Money minor={product.price} currency={product.currency} />
            {product.price_per && (
              <span class="second">
                <Money minor={product.price_per.price} currency={product.currency} /> per {product.price_per.unit}
              </span>
            )}
          </dd>
          {product.compare_at_price !== null && (
            <>
              <dt>Reduced from</dt>
              <dd>
                <Money minor={product.compare_at_price} currency={product.currency} />
                {product.lowest_price !== null && (
                  <span class="second">
                    lowest of the 30 days before: <Money minor={product.lowest_price} currency={product.currency} />
                  </span>
                )}
              </dd>
            </>
          )}
          <dt>Tax class</dt>
          <dd>{taxClassName(product.tax_class)}</dd>
          <dt>Weight</dt>
          <dd>{product.weight_g === null ? "unknown" : `${new Intl.NumberFormat().format(product.weight_g)} g`}</dd>
          {product.stock_policy !== "counted" && <Fact of={product} field="stock_policy" />}
          {product.stock_policy === "beyond" && (
            <>
              <dt>Beyond the stock</dt>
              <dd>up to {new Intl.NumberFormat().format(product.beyond_limit)}</dd>
            </>
          )}
          <Fact of={product} field="expected_on" />
          <Fact of={product} field="most_per_order" />
          <dt>Warn at</dt>
          <dd>{product.low_stock_threshold === null ? "never" : `${product.low_stock_threshold} available`}</dd>
          <Fact of={product} field="content" />
          <Fact of={product} field="barcode" />
          <Fact of={product} field="shelf" />
          <Fact of={product} field="customs_code" />
          <Fact of={product} field="origin_country" />
          {product.collections.length > 0 && (
            <>
              <dt>Collections</dt>
              <dd>
                {product.collections.map((collection, at) => (
                  <span key={collection.id}>
                    {at > 0 && ", "}
                    <a href={href(`/inventory?collection=${collection.id}&view=all`)}>{collection.name}</a>
                  </span>
                ))}
              </dd>
            </>
          )}
          <dt>Changed</dt>
          <dd>
            <When at={product.updated_at} />
          </dd>
          <dt>Orders</dt>
          <dd>
            <a href={href(`/orders?product_id=${product.id}`)}>With this product</a>
          </dd>
        </dl>
        {product.description && <p class="prose spaced">{product.description}</p>}
      </div>
    </Section>
  );
}

/** A fact that is left out where there is none. */
function Fact({ of, field }: { of: Product; field: keyof Product & string }) {
  const value = of[field];
  if (value === null || value === "") return null;
  return (
    <>
      <dt>{fieldName(field)}</dt>
      <dd>{fieldText(field, value, of.currency)}</dd>
    </>
  );
}
