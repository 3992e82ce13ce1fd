import { useRef } from "preact/hooks";
import { type Body, get } from "../api/client";
import type { Row } from "../api/data";
import { useSession } from "../session";
import { money, moneyInput, readMoney } from "../text/money";
import { readWhole } from "../text/number";
import { Finder } from "../ui/finder";
import { FieldFault, GroupFault, TextField, typedIn, type Values } from "../ui/form";

/** A line as it is entered: of a product, or of the shop's own text. Its fields hold what was typed. */
export interface Draft {
  key: number;
  product?: { id: number; sku: string; name: string; price: number; available: string };
}

type StaffLine = Body<"/admin/orders", "post">["items"][number];

/** The product of a barcode or SKU; if there is none, those with these words in their names. */
async function findProducts(text: string): Promise<Row<"/admin/inventory">[]> {
  const coded = await get("/admin/inventory/coded", [], { query: { code: text } });
  if (coded.data.length > 0)
    return Promise.all(coded.data.map(({ product_id }) => get("/admin/inventory/{id}", [product_id])));
  return (await get("/admin/inventory", [], { query: { q: text, limit: 8 } })).data;
}

let lastKey = 0;
export const newLine = (product?: Draft["product"]): Draft => ({ key: ++lastKey, ...(product && { product }) });

/** The fields of lines that are added to an order; `at` is their list in the body ("items"). */
export function Lines({ at, lines, onChange }: { at: string; lines: Draft[]; onChange: (lines: Draft[]) => void }) {
  const { currency } = useSession().shop;
  const block = useRef<HTMLFieldSetElement>(null);
  const add = (line: Draft) => {
    onChange([...lines, line]);
    requestAnimationFrame(() => {
      const fields = block.current?.querySelectorAll<HTMLInputElement>(
        `[data-line="${line.key}"] input:not([type=hidden])`,
      );
      fields?.[0]?.focus();
      fields?.[0]?.select();
    });
  };
  const toFinder = () => block.current?.querySelector<HTMLInputElement>("[role=combobox]")?.focus();
  return (
    <fieldset ref={block} class="lines">
      <legend>Lines</legend>
      {lines.map((line, index) => {
        const name = `${at}/${index}`;
        const label = line.product?.name ?? "Line of your own";
        return (
          <div
            key={line.key}
            class="line"
            data-line={line.key}
            role="group"
            aria-label={label}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
              event.preventDefault();
              toFinder();
            }}
          >
            {line.product ? (
              <p class="line-name">
                {line.product.name}
                <span class="second">
                  {line.product.sku} · {money(line.product.price, currency)} · {line.product.available}
                </span>
              </p>
            ) : (
              <TextField name={`${name}/text`} label="What it is for" required maxLength={200} />
            )}
            <TextField name={`${name}/quantity`} label="Quantity" short required value="1" inputMode="numeric" />
            <TextField
              name={`${name}/unit_price`}
              label={`Price, ${currency}`}
              short
              required
              value={line.product ? moneyInput(line.product.price, currency) : ""}
              inputMode="decimal"
            />
            {line.product && <TextField name={`${name}/reason`} label="Why another price" optional maxLength={200} />}
            <button
              type="button"
              class="link danger"
              aria-label={`Take out ${label}`}
              onClick={() => {
                onChange(lines.filter(({ key }) => key !== line.key));
                toFinder();
              }}
            >
              Take out
            </button>
            <GroupFault name={name} label={label} value={line.key} />
          </div>
        );
      })}
      <Finder
        find={findProducts}
        label="Add a product"
        placeholder="Name, SKU or barcode"
        nothing="No product matches."
        describe={(product) => ({
          name: product.name,
          more: `${product.sku} · ${money(product.price, currency)} · ${product.available} available`,
        })}
        onTake={(product) =>
          add(
            newLine({
              id: product.id,
              sku: product.sku,
              name: product.name,
              price: product.price,
              available: `${product.available} available`,
            }),
          )
        }
      />
      <button type="button" class="link" onClick={() => add(newLine())}>
        Add a line of your own
      </button>
    </fieldset>
  );
}

/** The lines of a form's fields, as the API takes them. */
export function linesOf(values: Values, at: string, lines: readonly Draft[], currency: string): StaffLine[] {
  return lines.map((line, index) => {
    const name = `${at}/${index}`;
    const quantity = typedIn(values, `${name}/quantity`, (text) => readWhole(text, { least: 1 }));
    const price = typedIn(values, `${name}/unit_price`, (text) => readMoney(text, currency));
    if (!line.product) return { text: values[`${name}/text`]!.trim(), unit_price: price, quantity };
    const reason = (values[`${name}/reason`] ?? "").trim();
    if (price === line.product.price) return { product_id: line.product.id, quantity };
    if (!reason)
      throw new FieldFault(`${name}/reason`, `It costs ${money(line.product.price, currency)}: say why not here.`);
    return { product_id: line.product.id, quantity, unit_price: price, reason };
  });
}
