import { useState } from "preact/hooks";
import { type Answer, type Body, explain, newKey, post, type Row } from "../api/client";
import { useSession } from "../session";
import { readMoney } from "../text/money";
import { readWhole } from "../text/number";
import { readPercent } from "../text/percent";
import { taxClasses } from "../text/taxes";
import { capital } from "../text/words";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { FieldFault, Form, MoneyField, NumberField, SelectField, TextField, typedIn, type Values } from "../ui/form";
import { Mood } from "../ui/status";
import { Table } from "../ui/table";
import { notify } from "../ui/toast";
import { fieldName, fieldText } from "./product-text";

type Product = Row<"/admin/inventory">;
type Collection = Row<"/admin/collections">;
type Wanted = Body<"/admin/inventory/bulk", "post">;
type Report = Answer<"/admin/inventory/bulk", "post">;
type ReportRow = Report["rows"][number];

const productsOf = (count: number) => (count === 1 ? "1 product" : `${count} products`);

const acts = [
  ["price_up", "Raise the price"],
  ["price_down", "Lower the price"],
  ["price", "Set the price"],
  ["low_stock_threshold", "Set when to warn"],
  ["tax_class", "Set the tax class"],
  ["status", "Set where it is to be had"],
  ["add_to_collection", "Add to a collection"],
  ["remove_from_collection", "Remove from a collection"],
] as const;
type Act = (typeof acts)[number][0];

/** What the form says, as the API takes it. */
function wantedOf(act: Act, values: Values, currency: string): Partial<Wanted> {
  if (act === "price_up" || act === "price_down") {
    const ppm = typedIn(values, "percent", (text) => readPercent(text));
    if (ppm === 0) throw new FieldFault("percent", "0 percent changes nothing.");
    return { price_change_ppm: act === "price_up" ? ppm : -ppm };
  }
  if (act === "price") return { price: typedIn(values, "price", (text) => readMoney(text, currency)) };
  if (act === "low_stock_threshold") {
    return typedIn(values, "low_stock_threshold", (text) => ({
      low_stock_threshold: text.trim() === "" ? null : readWhole(text),
    }));
  }
  if (act === "tax_class") return { tax_class: values.tax_class as NonNullable<Wanted["tax_class"]> };
  if (act === "status") return { status: values.status as NonNullable<Wanted["status"]> };
  return { [act]: readWhole(values.collection ?? "") };
}

/** The button for editing the chosen products at once. */
export function BulkEdit({
  products,
  collections,
  done,
}: {
  products: Product[];
  collections: Collection[];
  done: (keep: boolean) => void;
}) {
  const [editing, setEditing] = useState<Product[] | undefined>();
  return (
    <>
      <button type="button" onClick={() => setEditing(products)}>
        Edit…
      </button>
      {editing && (
        <EditMany
          products={editing}
          collections={collections}
          onClose={() => setEditing(undefined)}
          onDone={() => {
            setEditing(undefined);
            done(false);
          }}
        />
      )}
    </>
  );
}

function EditMany({
  products,
  collections,
  onClose,
  onDone,
}: {
  products: Product[];
  collections: Collection[];
  onClose: () => void;
  onDone: () => void;
}) {
  const { currency } = useSession().shop;
  const [preview, setPreview] = useState<{ wanted: Wanted; report: Report } | undefined>();
  const [fault, setFault] = useState("");
  const look = async (act: Act, values: Values) => {
    const wanted: Wanted = { ids: products.map(({ id }) => id), ...wantedOf(act, values, currency) };
    setPreview({ wanted, report: await post("/admin/inventory/bulk", [], { body: { ...wanted, dry_run: true } }) });
  };
  const change = async () => {
    try {
      const report = await post("/admin/inventory/bulk", [], { body: preview!.wanted, idempotencyKey: newKey() });
      tell(report);
      onDone();
    } catch (error) {
      setFault(explain(error));
    }
  };
  return (
    <Dialog title={`Edit ${productsOf(products.length)}`} onClose={onClose} wide>
      {preview ? (
        <>
          <div class="dialog-body" tabIndex={0} data-first>
            {fault && (
              <p class="form-fault" role="alert">
                {fault}
              </p>
            )}
            <Preview report={preview.report} currency={currency} />
          </div>
          <footer class="actions">
            <button type="button" onClick={() => setPreview(undefined)}>
              Back
            </button>
            <Button class="primary" disabled={preview.report.updated === 0} onPress={change}>
              {preview.report.updated === 0 ? "Nothing to change" : `Change ${productsOf(preview.report.updated)}`}
            </Button>
          </footer>
        </>
      ) : (
        <Choices collections={collections} onClose={onClose} look={look} />
      )}
    </Dialog>
  );
}

function Choices({
  collections,
  onClose,
  look,
}: {
  collections: Collection[];
  onClose: () => void;
  look: (act: Act, values: Values) => Promise<void>;
}) {
  const [act, setAct] = useState<Act>("price_up");
  const offered = acts.filter(([name]) => collections.length > 0 || !name.endsWith("collection"));
  return (
    <Form submit="Show what changes" cancel={onClose} onSubmit={(values) => look(act, values)}>
      <SelectField
        name="act"
        label="What to do"
        options={offered}
        value={act}
        onChange={(value) => setAct(value as Act)}
      />
      {(act === "price_up" || act === "price_down") && (
        <TextField name="percent" label="By percent" short required inputMode="decimal" hint="Such as 2.5." />
      )}
      {act === "price" && <MoneyField name="price" label="Price of each" required />}
      {act === "low_stock_threshold" && (
        <NumberField name="low_stock_threshold" label="Warn at" unit="available" optional hint="Empty: never." />
      )}
      {act === "tax_class" && <SelectField name="tax_class" label="Tax class" options={taxClasses} />}
      {act === "status" && (
        <SelectField
          name="status"
          label="Where they are to be had"
          options={[
            ["active", "On sale"],
            ["hidden", "Hidden"],
            ["archived", "Archived"],
          ]}
        />
      )}
      {act.endsWith("collection") && (
        <SelectField
          name="collection"
          label="Collection"
          options={collections.map(({ id, name }) => [String(id), name] as const)}
        />
      )}
    </Form>
  );
}

function Preview({ report, currency }: { report: Report; currency: string }) {
  return (
    <Table
      caption="What changes, product by product"
      steps={false}
      rows={report.rows}
      keyOf={(row: ReportRow) => row.product_id}
      tone={(row: ReportRow) => (row.outcome === "skipped" && !row.faulty ? "dim" : undefined)}
      columns={[
        {
          head: "Product",
          class: "wrap-anywhere",
          cell: (row: ReportRow) => (
            <>
              {row.name}
              <span class="second">{row.sku}</span>
            </>
          ),
        },
        {
          head: "What changes",
          class: "wrap-anywhere",
          cell: (row: ReportRow) => (
            <>
              {row.faulty && <Mood tone="bad">Not changed</Mood>}
              {Object.entries(row.changes).map(([field, change]) => (
                <div key={field}>
                  {fieldName(field)}: {fieldText(field, change.from, currency)} →{" "}
                  <strong>{fieldText(field, change.to, currency)}</strong>
                </div>
              ))}
              {row.reason && <span class={row.faulty ? "second bad" : "second"}>{capital(row.reason)}</span>}
              {row.notes.map((note) => (
                <span class="second warn" key={note}>
                  {capital(note)}
                </span>
              ))}
            </>
          ),
        },
      ]}
    />
  );
}

/** Says what was done, and offers to undo it. */
function tell(report: Report): void {
  const { id } = report;
  if (id === null) {
    notify("Nothing had to change");
    return;
  }
  const undo = async () => {
    try {
      await post("/admin/inventory/bulk/{id}/undo", [id], { idempotencyKey: newKey() });
      notify(`${capital(productsOf(report.updated))} as before`);
    } catch (error) {
      notify(explain(error), { kind: "bad" });
    }
  };
  notify(`${capital(productsOf(report.updated))} changed`, { action: { label: "Undo", run: () => void undo() } });
}
