import { useState } from "preact/hooks";
import { newKey, post } from "../api/client";
import { go, href } from "../router";
import { useMay, useSession } from "../session";
import { Copy } from "../ui/copy";
import { Dialog } from "../ui/dialog";
import { List, Search, useFilters } from "../ui/list";
import { Page } from "../ui/page";
import { Empty } from "../ui/states";
import { Mood } from "../ui/status";
import { DiscountForm } from "./discount-form";
import { type Code, forText, offText, stateOf, usesText, validText } from "./discount-text";

export function CodeState({ code }: { code: Code }) {
  const [label, tone, fill] = stateOf(code);
  return (
    <Mood tone={tone} fill={fill}>
      {label}
    </Mood>
  );
}

export default function DiscountCodes() {
  const { q } = useFilters(["q"] as const);
  const [adding, setAdding] = useState<string | undefined>(); // the key of the act, so that it happens once
  const mayChange = useMay("staff");
  const { currency } = useSession().shop;
  return (
    <Page
      title="Discount codes"
      actions={
        mayChange && (
          <button type="button" class="primary" onClick={() => setAdding(newKey())}>
            Add a code
          </button>
        )
      }
    >
      <List
        path="/admin/discount-codes"
        query={{ q }}
        filtered={q !== ""}
        live={["discount_code.", "order."]}
        caption="Discount codes, newest first"
        keyOf={(code: Code) => code.id}
        tone={(code: Code) => (["Off", "Over"].includes(stateOf(code)[0]) ? "dim" : undefined)}
        empty={<Empty title="No discount codes yet">Customers type one in when they order, and pay less.</Empty>}
        toolbar={<Search label="Beginning of the code" />}
        columns={[
          {
            head: "Code",
            class: "wrap-anywhere",
            cell: (code: Code) => (
              <>
                <a href={href(`/discount-codes/${code.id}`)}>{code.code}</a>
                <span class="second">
                  {[offText(code, currency), forText(code, currency)].filter(Boolean).join(", ")}
                </span>
              </>
            ),
          },
          { head: "Uses", end: true, cell: (code: Code) => usesText(code) },
          { head: "Valid", from: "medium", cell: (code: Code) => validText(code) },
          { head: "State", cell: (code: Code) => <CodeState code={code} /> },
          {
            head: "Copy",
            acts: true,
            end: true,
            from: "medium",
            cell: (code: Code) => <Copy text={code.code} label={`Copy ${code.code}`} />,
          },
        ]}
      />
      {adding && (
        <Dialog title="Add a discount code" onClose={() => setAdding(undefined)} wide>
          <DiscountForm
            submit="Add"
            cancel={() => setAdding(undefined)}
            onSubmit={async (rules) => {
              const { id } = await post("/admin/discount-codes", [], { body: rules, idempotencyKey: adding });
              setAdding(undefined);
              go(`/discount-codes/${id}`);
            }}
          />
        </Dialog>
      )}
    </Page>
  );
}
