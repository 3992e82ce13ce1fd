import { useEffect, useId, useState } from "preact/hooks";
import { get } from "../api/client";
import { useData } from "../api/data";
import { GroupFault } from "../ui/form";

interface Named {
  id: number;
  sku: string;
  name: string;
}

/** How many names are looked up: a code for more products shows the numbers of the others. */
const mostNames = 50;

/** The names of products, as far as they are known yet. */
export function useProducts(ids: readonly number[]): ReadonlyMap<number, Named> {
  const [known, setKnown] = useState<ReadonlyMap<number, Named>>(new Map());
  const wanted = ids.slice(0, mostNames);
  useEffect(() => {
    const control = new AbortController();
    void Promise.all(
      wanted.map((id) => get("/admin/inventory/{id}", [id], { signal: control.signal }).catch(() => undefined)),
    ).then((found) => {
      if (!control.signal.aborted) setKnown(new Map(found.flatMap((each) => (each ? [[each.id, each]] : []))));
    });
    return () => control.abort();
  }, [wanted.join()]);
  return known;
}

/** Chooses products by name or SKU; `at` is the name of their field. */
export function ProductChoice({
  at,
  ids,
  onChange,
}: {
  at: string;
  ids: readonly number[];
  onChange: (ids: number[]) => void;
}) {
  const id = useId();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const [chosen, setChosen] = useState<ReadonlyMap<number, Named>>(new Map());
  const names = useProducts(ids.filter((each) => !chosen.has(each)));
  const found = useData(asked ? "/admin/inventory" : undefined, [], { query: { q: asked, limit: 8 } });
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), 220);
    return () => clearTimeout(timer);
  }, [text]);
  const offered = asked ? (found.data?.data ?? []).filter((product) => !ids.includes(product.id)) : [];
  const take = (product: Named) => {
    setChosen(new Map(chosen).set(product.id, product));
    onChange([...ids, product.id]);
    setText("");
    setAsked("");
    document.getElementById(id)?.focus();
  };
  const nameOf = (product: number) => {
    const named = chosen.get(product) ?? names.get(product);
    return named ? `${named.name} (${named.sku})` : `Product ${product}`;
  };
  return (
    <fieldset>
      <legend>Products</legend>
      <p class="muted">{ids.length === 0 ? "It is for all products." : "It is for these alone:"}</p>
      {ids.length > 0 && (
        <ul class="chosen">
          {ids.map((product, index) => (
            <li key={product}>
              <span>
                {nameOf(product)}
                <GroupFault name={`${at}/${index}`} label="This product" value={product} />
              </span>
              <button
                type="button"
                class="link danger"
                aria-label={`Take out ${nameOf(product)}`}
                onClick={() => onChange(ids.filter((each) => each !== product))}
              >
                Take out
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="field">
        <label for={id}>Add a product</label>
        <input
          id={id}
          type="search"
          autoComplete="off"
          placeholder="Name or SKU"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            // Enter takes the first that is offered, and does not send the form.
            if (event.key !== "Enter") return;
            event.preventDefault();
            if (offered[0] && asked === text.trim() && !found.loading) take(offered[0]);
          }}
        />
      </div>
      <div role="status">
        {asked && found.data && offered.length === 0 && <p class="muted">No other product matches.</p>}
        {offered.length > 0 && (
          <ul class="chosen">
            {offered.map((product) => (
              <li key={product.id}>
                <button type="button" class="link" onClick={() => take(product)}>
                  {product.name} ({product.sku})
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </fieldset>
  );
}
