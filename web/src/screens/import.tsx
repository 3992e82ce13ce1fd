import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type Answer, explain, post, type Row } from "../api/client";
import { href } from "../router";
import { useSession } from "../session";
import { capital } from "../text/words";
import { Button } from "../ui/button";
import { confirmAct, Dialog } from "../ui/dialog";
import { List } from "../ui/list";
import { Page, Section } from "../ui/page";
import { Empty } from "../ui/states";
import { Mood } from "../ui/status";
import { Table } from "../ui/table";
import { When, who } from "../ui/text";
import { notify } from "../ui/toast";
import { ImportPictures } from "./import-pictures";
import { fieldName, fieldText } from "./product-text";

type Report = Answer<"/admin/inventory/import", "post">;
type ReportRow = Report["rows"][number];
type Import = Row<"/admin/inventory/imports">;

const most = 500;

/** Imports a CSV catalogue: first a preview, then the import, which can be undone. */
export default function ImportScreen() {
  const [file, setFile] = useState<File | undefined>();
  const [preview, setPreview] = useState<Report | undefined>();
  const [done, setDone] = useState<Report | undefined>();
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);

  const [counted, setCounted] = useState("");

  const send = async (chosen: File, dry: boolean, at = counted) => {
    setBusy(true);
    setFault("");
    try {
      return await post("/admin/inventory/import", [], {
        raw: new Blob([chosen], { type: "text/csv" }),
        query: { ...(dry && { dry_run: true }), ...(at && { counted_at: new Date(at).toISOString() }) },
        ...(!dry && { idempotencyKey: crypto.randomUUID() }),
      });
    } catch (error) {
      setFault(explain(error));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  const look = async (chosen: File | undefined, at = counted) => {
    setFile(chosen);
    setPreview(undefined);
    setDone(undefined);
    if (chosen) setPreview(await send(chosen, true, at));
  };
  const bring = async () => {
    const report = await send(file!, false);
    if (!report) return;
    setPreview(undefined);
    setDone(report);
    notify(`${report.added} added, ${report.updated} updated`);
  };
  const changes = preview ? preview.added + preview.updated : 0;

  return (
    <Page title="Import products" back={{ to: "/inventory", label: "Inventory" }}>
      <div class="stack">
        <Section title="A CSV file">
          <div class="pad">
            <p class="muted">
              As Shopify exports products: a row for each variant, with commas, semicolons or tabs between the fields.
              Only what the file has columns for is changed: a file with SKU and Quantity alone sets the stock. Nothing
              changes before you have seen what would, and an import can be taken back as long as nothing of it was sold
              or changed since.
            </p>
            <details class="spaced">
              <summary>Which columns are read</summary>
              <p class="muted">
                Handle, Title, Body (HTML), Published, Status, the options’ names and values, Variant SKU, Variant
                Grams, Variant Price, Variant Compare At Price, Variant Barcode, Variant Inventory Tracker, Variant
                Inventory Qty, Variant Inventory Policy, Unit Price Total Measure and its unit, HS Code, Country of
                Origin, Image Src, Image Position, Image Alt Text, Variant Image; and orderd’s own: Beyond Limit,
                Expected On, Most Per Order, Low Stock Threshold, Tax Class, Shelf, Content, Hidden, Collections,
                Variant Name. Rows of one handle with options become a group and its variants.
              </p>
            </details>
            <p class="spaced">
              <label>
                Stock counted at <span class="muted">(optional: the preview then says what was sold since)</span>{" "}
                <input
                  type="datetime-local"
                  value={counted}
                  disabled={busy}
                  onChange={(event) => {
                    setCounted(event.currentTarget.value);
                    if (file) void look(file, event.currentTarget.value);
                  }}
                />
              </label>
            </p>
            <p class="spaced">
              <label>
                <span class="unseen">Choose a CSV file</span>
                <input
                  type="file"
                  accept=".csv,text/csv"
                  disabled={busy}
                  onChange={(event) => void look(event.currentTarget.files?.[0])}
                />
              </label>
            </p>
            {fault && (
              <p class="form-fault spaced" role="alert">
                {fault}
              </p>
            )}
            {busy && (
              <p class="spaced" role="status">
                Reading the file…
              </p>
            )}
          </div>
        </Section>
        {preview && (
          <Section
            title="What would change"
            actions={
              <Button class="primary" disabled={busy || changes === 0} onPress={bring}>
                {changes === 0 ? "Nothing to import" : `Import ${changes} ${changes === 1 ? "product" : "products"}`}
              </Button>
            }
          >
            <Summary report={preview} />
            <Reading report={preview} />
            {preview.pictures > 0 && (
              <p class="pad muted">
                {preview.pictures === 1 ? "1 new picture is" : `${preview.pictures} new pictures are`} fetched after the
                import.
              </p>
            )}
            {preview.same_file_as && (
              <p class="notice warn">This very file was import {preview.same_file_as} before.</p>
            )}
            <Rows report={preview} />
          </Section>
        )}
        {done && (
          <Section
            title="Imported"
            actions={
              <a class="button" href={href("/inventory")}>
                To the inventory
              </a>
            }
          >
            <Summary report={done} />
            <Reading report={done} />
            {done.id !== null && done.pictures > 0 && <ImportPictures id={done.id} />}
            {done.noted > 0 && <RowTable caption="Rows with notes" rows={done.rows.filter((row) => row.notes)} />}
          </Section>
        )}
        <Section title="Imports so far" class="flush">
          <Imports />
        </Section>
      </div>
    </Page>
  );
}

/** The result of a row: a skipped one has a fault, or nothing to change. */
type Fate = "faulty" | "updated" | "added" | "unchanged";
const fateOf = ({ outcome, faulty }: ReportRow): Fate =>
  outcome !== "skipped" ? outcome : faulty ? "faulty" : "unchanged";

const fates: [Fate, string][] = [
  ["faulty", "Faulty"],
  ["added", "Added"],
  ["updated", "Updated"],
  ["unchanged", "Unchanged"],
];

function Summary({ report }: { report: Report }) {
  const { added, updated, skipped, faulty } = report;
  const counts: Record<Fate, number> = { faulty, added, updated, unchanged: skipped - faulty };
  return (
    <dl class="stock four">
      {fates.map(([fate, label]) => (
        <div key={fate}>
          <dt>{label}</dt>
          <dd class={fate === "faulty" && counts[fate] > 0 ? "bad" : ""}>{counts[fate]}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How the file was read, where it is not the usual way, and whether the shop takes rows otherwise than they say. */
function Reading({ report }: { report: Report }) {
  const { noted, separator, encoding } = report;
  return (
    <>
      {(separator !== "comma" || encoding !== "UTF-8") && (
        <p class="pad muted">
          Read as {encoding}, with a {String(separator)} between the fields.
        </p>
      )}
      {noted > 0 && (
        <p class="notice warn">
          {noted === 1 ? "1 row says something" : `${noted} rows say something`} that the shop cannot keep. The notes in
          the table tell what becomes of it.
        </p>
      )}
    </>
  );
}

const marks: Record<Fate, ComponentChildren> = {
  faulty: <Mood tone="bad">Faulty</Mood>,
  added: <Mood tone="good">Add</Mood>,
  updated: (
    <Mood tone="info" fill="half">
      Update
    </Mood>
  ),
  unchanged: (
    <Mood tone="" fill="">
      Unchanged
    </Mood>
  ),
};

/** Rows that need attention first; rows that change nothing are folded below. */
function Rows({ report }: { report: Report }) {
  const order: Fate[] = ["faulty", "updated", "added"];
  const of = (fate: Fate) => report.rows.filter((row) => fateOf(row) === fate);
  const withNotesFirst = (rows: ReportRow[]) => [
    ...rows.filter((row) => row.notes),
    ...rows.filter((row) => !row.notes),
  ];
  const rows = order.flatMap((fate) => withNotesFirst(of(fate)));
  const unchanged = of("unchanged");
  const unchangedInAll = report.skipped - report.faulty; // a long report lists only its first rows
  return (
    <>
      {rows.length > 0 && <RowTable caption="What would change, row by row" rows={rows} />}
      {unchanged.length > 0 && (
        <details class="pad">
          <summary>{unchangedInAll === 1 ? "1 row changes nothing" : `${unchangedInAll} rows change nothing`}</summary>
          <RowTable caption="Rows that change nothing" rows={unchanged} />
        </details>
      )}
    </>
  );
}

function RowTable({ caption, rows }: { caption: string; rows: ReportRow[] }) {
  const { currency } = useSession().shop;
  const shown = (field: string, value: unknown) => fieldText(field, value, currency);
  return (
    <>
      <Table
        caption={caption}
        steps={false}
        rows={rows.slice(0, most)}
        keyOf={(row: ReportRow) => row.line}
        tone={(row: ReportRow) => (fateOf(row) === "unchanged" ? "dim" : undefined)}
        columns={[
          { head: "Line", end: true, cell: (row: ReportRow) => row.line },
          { head: "What", cell: (row: ReportRow) => marks[fateOf(row)] },
          {
            head: "Product",
            class: "wrap-anywhere",
            cell: (row: ReportRow) => (
              <>
                {String(row.name || "")}
                <span class="second">{String(row.sku || "")}</span>
                {Object.entries(row.changes ?? {}).map(([field, change]) => (
                  <span class="second" key={field}>
                    {fieldName(field)}: {row.outcome === "updated" && `${shown(field, change.from)} → `}
                    {shown(field, change.to)}
                  </span>
                ))}
                {(row.notes ?? []).map((note) => (
                  <span class="second warn" key={note}>
                    {capital(note)}
                  </span>
                ))}
                {row.reason ? (
                  <span class={fateOf(row) === "faulty" ? "second bad" : "second"}>{capital(String(row.reason))}</span>
                ) : null}
              </>
            ),
          },
        ]}
      />
      {rows.length > most && <p class="pad muted">The first {most} rows are shown; all of the file's count.</p>}
    </>
  );
}

const kindWords = { bulk_edit: "edit of many", delivery: "delivery", count: "count of shelves" };

function Imports() {
  const [pictures, setPictures] = useState<number | undefined>();
  const undo = async (row: Import) => {
    const sure = await confirmAct({
      title: `Take import ${row.id} back?`,
      text: (
        <p>
          What it added is removed, and what it changed goes back to what it was. This works only while nothing of it
          was sold or changed since.
        </p>
      ),
      act: "Take it back",
      danger: true,
    });
    if (!sure) return;
    try {
      await post("/admin/inventory/imports/{id}/undo", [row.id], { idempotencyKey: crypto.randomUUID() });
      notify(`Import ${row.id} is taken back`);
    } catch (error) {
      notify(explain(error), { kind: "bad" });
    }
  };
  const list = (
    <List
      path="/admin/inventory/imports"
      query={{}}
      filtered={false}
      live={["import."]}
      caption="Imports, newest first"
      keyOf={(row: Import) => row.id}
      empty={<Empty title="None yet" />}
      columns={[
        {
          head: "Import",
          cell: (row: Import) => (
            <>
              <b>{row.id}</b>
              {row.kind !== "file" && <span class="second">{kindWords[row.kind]}</span>}
              {row.reference && <span class="second wrap-anywhere">{row.reference}</span>}
              {!row.complete && <span class="second">not complete</span>}
              {row.has_pictures && !row.undone_at && (
                <button
                  type="button"
                  class="link second"
                  aria-label={`Pictures of import ${row.id}…`}
                  onClick={() => setPictures(row.id)}
                >
                  Pictures…
                </button>
              )}
            </>
          ),
        },
        { head: "Added", end: true, cell: (row: Import) => row.added },
        { head: "Updated", end: true, cell: (row: Import) => row.updated },
        { head: "When", from: "medium", cell: (row: Import) => <When at={row.at} /> },
        { head: "Who", from: "medium", cell: (row: Import) => who(row.actor) },
        {
          head: "State",
          end: true,
          cell: (row: Import) =>
            row.undone_at ? (
              <span class="muted">taken back</span>
            ) : (
              <Button class="link" onPress={() => undo(row)}>
                Take back…
              </Button>
            ),
        },
      ]}
    />
  );
  return (
    <>
      {list}
      {pictures !== undefined && (
        <Dialog title={`Pictures of import ${pictures}`} onClose={() => setPictures(undefined)} wide>
          <ImportPictures id={pictures} />
        </Dialog>
      )}
    </>
  );
}
