import { explain, postForPdf, type Row } from "../api/client";
import { href } from "../router";
import { dayOf, fullDate } from "../text/time";
import { Button } from "../ui/button";
import { openFile } from "../ui/file";
import { Chip, List, MonthFilter, Tabs, useFilters } from "../ui/list";
import { Page } from "../ui/page";
import { Empty } from "../ui/states";
import { Money } from "../ui/text";
import { notify } from "../ui/toast";

export type Document = Row<"/admin/documents">;

const kinds: Record<Document["kind"], string> = {
  invoice: "Invoice",
  credit_note: "Credit note",
  correction: "Correction",
};

export const kindLabel = ({ kind }: Pick<Document, "kind">) => kinds[kind];

/** A document's PDF. The browser opens it in a tab of its own. */
export const pdfOf = ({ id }: Pick<Document, "id">) => `/admin/documents/${id}.pdf`;

async function printAll(of: Parameters<typeof postForPdf<"/admin/documents/pdf">>[1]) {
  try {
    openFile(await postForPdf("/admin/documents/pdf", of), "documents.pdf");
  } catch (error) {
    notify(explain(error), { kind: "bad" });
  }
}

export default function Documents() {
  const filters = useFilters(["kind", "month", "order_id"] as const);
  const { kind, month, order_id } = filters;
  return (
    <Page
      title="Documents"
      actions={
        month !== "" &&
        order_id === "" && (
          <Button onPress={() => printAll({ month, ...(kind && { kind: kind as Document["kind"] }) })}>
            PDF of all shown
          </Button>
        )
      }
    >
      <p class="muted lead">
        Invoices, credit notes and corrections. They are numbered without a gap and never changed: what is wrong is
        credited, and issued anew from its order. Choose a month to print all of it.
      </p>
      <List
        path="/admin/documents"
        query={filters}
        filtered={Object.values(filters).some(Boolean)}
        live={["document."]}
        caption="Documents, newest first"
        keyOf={(document: Document) => document.id}
        empty={
          <Empty title="No documents yet">
            An order's page issues its invoice. Settings say who sells, and when invoices are issued automatically.
          </Empty>
        }
        toolbar={
          <>
            <Tabs
              label="Kind"
              options={[
                ["", "All"],
                ["kind=invoice", "Invoices"],
                ["kind=credit_note", "Credit notes"],
                ["kind=correction", "Corrections"],
              ]}
            />
            <MonthFilter name="month" label="Month" />
            <Chip name="order_id">
              Of <a href={href(`/orders/${order_id}`)}>order {order_id}</a>
            </Chip>
          </>
        }
        bulk={(rows, done) => (
          <Button
            onPress={async () => {
              await printAll({ document_ids: rows.map(({ id }) => id) });
              done(true);
            }}
          >
            PDF of the chosen
          </Button>
        )}
        columns={[
          {
            head: "Number",
            cell: (document: Document) => (
              <>
                <a href={pdfOf(document)} target="_blank" rel="noreferrer">
                  {document.number}
                </a>
                <span class="second narrow-only">{kindLabel(document)}</span>
              </>
            ),
          },
          { head: "Kind", class: "wide-only", cell: (document: Document) => kindLabel(document) },
          {
            head: "Order",
            cell: (document: Document) => <a href={href(`/orders/${document.order_id}`)}>{document.order_id}</a>,
          },
          {
            head: "Issued on",
            from: "medium",
            cell: (document: Document) => fullDate(dayOf(document.issued_on)),
          },
          {
            head: "Tax",
            end: true,
            from: "medium",
            cell: (document: Document) => <Money minor={document.tax} currency={document.currency} />,
          },
          {
            head: "Total",
            end: true,
            cell: (document: Document) => <Money minor={document.total} currency={document.currency} />,
          },
        ]}
      />
    </Page>
  );
}
