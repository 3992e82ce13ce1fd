import { useState } from "preact/hooks";
import { explain, get, put } from "../api/client";
import { useData } from "../api/data";
import type { ScreenProps } from "../app";
import { href } from "../router";
import { useMay, useSession } from "../session";
import { money } from "../text/money";
import { percentText } from "../text/taxes";
import { dateTime } from "../text/time";
import { Button } from "../ui/button";
import { Copy } from "../ui/copy";
import { Dialog } from "../ui/dialog";
import { saveEdit } from "../ui/edit";
import { Page, Section } from "../ui/page";
import { Failed, Loading } from "../ui/states";
import { Money, When } from "../ui/text";
import { notify } from "../ui/toast";
import { CodeState } from "./discount-codes";
import { DiscountForm } from "./discount-form";
import { useProducts } from "./discount-products";
import { type Code, kinds, offText, type Rules, rulesOf, usesText, validText } from "./discount-text";

const labels: Record<keyof Rules, string> = {
  code: "Code",
  kind: "What it takes off",
  rate_ppm: "Percent",
  amount: "Amount",
  minimum: "The goods cost at least",
  valid_from: "Valid from",
  valid_until: "Valid until",
  most_uses: "Uses in all",
  most_uses_of_one: "Uses of one customer",
  products: "Products",
  active: "On",
};

function ruleText(field: keyof Rules, value: unknown, currency: string): string {
  if (value === null) return "no limit";
  if (field === "kind") return kinds.find(([kind]) => kind === value)?.[1] ?? String(value);
  if (field === "rate_ppm") return percentText(value as number);
  if (field === "amount" || field === "minimum") return money(value as number, currency);
  if (field === "valid_from" || field === "valid_until") return dateTime(value as string);
  if (field === "products") return (value as number[]).length === 0 ? "all" : `${(value as number[]).length} products`;
  if (field === "active") return value ? "yes" : "no";
  return String(value);
}

export default function DiscountCodePage({ values }: ScreenProps) {
  const id = Number(values.id);
  const code = useData("/admin/discount-codes/{id}", [id], { live: ["discount_code.", "order."] });
  // The code as it was when its form opened.
  const [editing, setEditing] = useState<Code | undefined>();
  const mayChange = useMay("staff");
  const { currency } = useSession().shop;
  const back = { to: "/discount-codes", label: "Discount codes" };
  const data = code.data;
  if (!data)
    return (
      <Page title={`Discount code ${id}`} back={back}>
        {code.error !== undefined ? <Failed error={code.error} again={() => void code.reload()} /> : <Loading />}
      </Page>
    );

  const save = async (base: Code, edit: Partial<Rules>) => {
    // The API replaces all rules: an edit is one of the newest that this person saw.
    let newest = base;
    const saved = await saveEdit<Code, Rules>(base, edit, {
      load: async () => {
        newest = await get("/admin/discount-codes/{id}", [id]);
        return newest;
      },
      save: (changes, version) =>
        put("/admin/discount-codes/{id}", [id], { body: { ...rulesOf(newest), ...changes }, version }),
      fields: rulesOf,
      labels,
      show: (field, value) => ruleText(field, value, currency),
    });
    if (saved) code.set(saved);
    return saved;
  };
  const turn = async (active: boolean) => {
    try {
      if (await save(data, { active })) notify(active ? `${data.code} is on` : `${data.code} is off`);
    } catch (error) {
      notify(explain(error), { kind: "bad" });
      await code.reload();
    }
  };
  return (
    <Page
      title={data.code}
      back={back}
      actions={
        <>
          <Copy text={data.code} />
          {mayChange && (
            <>
              <button type="button" onClick={() => setEditing(data)}>
                Edit…
              </button>
              <Button onPress={() => turn(!data.active)}>{data.active ? "Turn off" : "Turn on"}</Button>
            </>
          )}
        </>
      }
    >
      <div class="stack narrow">
        <Section title="Discount code">
          <dl class="facts pad">
            <dt>State</dt>
            <dd>
              <CodeState code={data} />
            </dd>
            <dt>Takes off</dt>
            <dd>{offText(data, currency)}</dd>
            <dt>Uses</dt>
            <dd>
              {usesText(data)}
              {data.most_uses_of_one && `, ${data.most_uses_of_one} of each customer at most`}
            </dd>
            <dt>Valid</dt>
            <dd>{validText(data)}</dd>
            <dt>Goods for at least</dt>
            <dd>{data.minimum ? <Money minor={data.minimum} /> : "any sum"}</dd>
            <dt>Products</dt>
            <dd>
              <Products ids={data.products ?? []} />
            </dd>
            <dt>Since</dt>
            <dd>
              <When at={data.created_at} />
            </dd>
          </dl>
        </Section>
      </div>
      {editing && (
        <Dialog title={`Edit ${editing.code}`} onClose={() => setEditing(undefined)} wide>
          <DiscountForm
            code={editing}
            submit="Save"
            cancel={() => setEditing(undefined)}
            onSubmit={async (rules) => {
              if (await save(editing, rules)) notify(`${rules.code} saved`);
              setEditing(undefined);
            }}
          />
        </Dialog>
      )}
    </Page>
  );
}

function Products({ ids }: { ids: readonly number[] }) {
  const names = useProducts(ids);
  if (ids.length === 0) return <>all</>;
  return (
    <ul class="plain">
      {ids.map((id) => (
        <li key={id}>
          <a href={href(`/inventory/${id}`)}>{names.get(id)?.name ?? `Product ${id}`}</a>
        </li>
      ))}
    </ul>
  );
}
