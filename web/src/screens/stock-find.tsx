import { useState } from "preact/hooks";
import { type Answer, explain, get } from "../api/client";
import { readWhole } from "../text/number";
import { soundRight, soundWrong } from "../ui/sound";

export type Found = Answer<"/admin/inventory/coded", "get">["data"][number];

/** Products by what was typed or scanned: with that barcode or SKU; if there is none, with those words in their names. */
async function findProducts(text: string): Promise<Found[]> {
  const coded = await get("/admin/inventory/coded", [], { query: { code: text } });
  if (coded.data.length > 0) return coded.data;
  const named = await get("/admin/inventory", [], { query: { q: text, limit: 8 } });
  return named.data.map((product) => ({
    product_id: product.id,
    sku: product.sku,
    name: product.name,
    barcode: product.barcode,
    shelf: product.shelf,
    counted: product.stock_policy !== "uncounted",
    on_hand: product.on_hand,
    reserved: product.reserved,
  }));
}

/** "12*4006381333931": so many of what is scanned after the star. */
function split(text: string): { code: string; units: number | undefined } {
  const match = /^(\d{1,6})\s*[*x×]\s*(.+)$/i.exec(text.trim());
  return match ? { code: match[2]!.trim(), units: readWhole(match[1]!) } : { code: text.trim(), units: undefined };
}

/** What came of the last entry, in words. */
interface Said {
  text: string;
  bad: boolean;
}

/**
 * Finds what is typed or scanned, and hands it on; where several products fit, one of them is chosen first. What came of it
 * is heard and said.
 */
export function useFinding(onFound: (product: Found, units: number | undefined) => Promise<void> | void) {
  const [choice, setChoice] = useState<{ products: Found[]; units: number | undefined } | undefined>();
  const [said, setSaid] = useState<Said | undefined>();
  const wrong = (text: string) => {
    soundWrong();
    setSaid({ text, bad: true });
  };
  const right = (text: string) => {
    soundRight();
    setSaid({ text, bad: false });
  };
  /** @returns whether the field is cleared for the next entry */
  const enter = async (typed: string, typedUnits: number | undefined): Promise<boolean> => {
    const { code, units: before } = split(typed);
    const units = typedUnits ?? before;
    setChoice(undefined);
    try {
      const products = await findProducts(code);
      if (products.length === 0) wrong(`No product is called ${code}`);
      else if (products.length > 1) setChoice({ products, units });
      else await onFound(products[0]!, units);
      return true;
    } catch (error) {
      wrong(explain(error));
      return false;
    }
  };
  const choose = async (product: Found) => {
    try {
      await onFound(product, choice?.units);
      setChoice(undefined);
    } catch (error) {
      wrong(explain(error));
    }
  };
  const shown = (first: string) => (
    <>
      {choice && <Choices of={choice.products} onChoose={(product) => void choose(product)} />}
      <p class={`said ${said?.bad ? "bad" : ""}`} role={said?.bad ? "alert" : "status"}>
        {said?.text ?? first}
      </p>
    </>
  );
  return { enter, shown, right, wrong, forget: () => setSaid(undefined) };
}

/** Several products fit: one of them is meant. */
function Choices({ of, onChoose }: { of: Found[]; onChoose: (product: Found) => void }) {
  return (
    <div class="choices" role="group" aria-label="Which of these?">
      <p>Which of these?</p>
      {of.map((product) => (
        <button key={product.product_id} type="button" onClick={() => onChoose(product)}>
          <span class="wrap-anywhere">
            {product.name} <span class="muted">{product.sku}</span>
          </span>
        </button>
      ))}
    </div>
  );
}
