import type { ComponentChildren } from "preact";
import { type Answer, addressOf } from "../api/client";
import { useData } from "../api/data";
import { href, refine, usePlace } from "../router";
import { useSession } from "../session";
import { money } from "../text/money";
import { percentText } from "../text/taxes";
import { calendarDate, dayOf, monthLater, monthName, monthNow } from "../text/time";
import { ExportButton } from "../ui/export";
import { Icon } from "../ui/icon";
import { Tabs } from "../ui/list";
import { Page, Section } from "../ui/page";
import { Empty, Failed, Loading } from "../ui/states";
import { type Column, Table } from "../ui/table";

/** A month's figures for the books. What is shown, and in these words, is what the CSV has. */

type Path =
  | "/admin/reports/takings"
  | "/admin/reports/tax"
  | "/admin/reports/sales"
  | "/admin/reports/open-payments"
  | "/admin/reports/refunds-to-send";
type ReportRow<P extends Path> = Answer<P, "get">["rows"][number];
type ReportSums<P extends Path> = Answer<P, "get">["sums"][number];

interface Report {
  path: Path;
  label: string;
  about: ComponentChildren;
  nothing: string;
  Shown: (props: { month: string }) => ComponentChildren;
}

const methods: Record<string, string> = {
  card: "Card",
  bank_transfer: "Bank transfer",
  cash_on_delivery: "Cash on delivery",
  cash: "Cash",
  terminal: "Card terminal",
  "": "Not chosen yet",
};

const payments: Record<string, string> = {
  processing: "Awaited",
  requires_action: "Customer must confirm",
  authorized: "Authorised",
  failed: "Failed",
  voided: "Voided",
  succeeded: "Paid in part",
  partially_refunded: "Partly refunded",
  refunded: "Refunded",
  disputed: "Disputed",
  "": "None yet",
};

const treatments: Record<string, string> = {
  taxed: "Taxed",
  untaxed: "No tax due",
  export: "Export",
  reverse_charge: "Reverse charge",
  small_business: "Small business",
};

const live = ["order.", "payment.", "document.", "refund.", "shipment.", "product.", "setting."];

/** A column of a report; what it says of a row, it says of sums too, if they have it. */
interface ReportColumn<R> extends Omit<Column<R>, "cell"> {
  cell: (row: R, currency: string) => ComponentChildren;
}

const day = (date: string) => calendarDate(dayOf(date));
const word = (words: Record<string, string>, code: string) => words[code] ?? code;
/** A sum that a row of sums does not have is left out. */
const amount = (minor: number | null, currency: string) => (minor === null ? "" : money(minor, currency));

/** The table of one report, or why there is none. */
function MonthTable<P extends Path>({
  report,
  month,
  columns,
  keyOf,
}: {
  report: Report & { path: P };
  month: string;
  columns: ReportColumn<ReportRow<P> | ReportSums<P>>[];
  keyOf: (row: ReportRow<P>, index: number) => string;
}) {
  const { currency } = useSession().shop;
  const read = useData(report.path as Path, [], { query: { month }, live });
  const { error, loading, reload } = read;
  const data = read.data as { rows: ReportRow<P>[]; sums: ReportSums<P>[]; row_count: number } | undefined;
  if (!data) return error !== undefined ? <Failed error={error} again={() => void reload()} /> : <Loading rows={8} />;
  const { rows, sums } = data;
  const places = new Map(rows.map((row, index) => [row, keyOf(row, index)]));
  return (
    <div class={loading ? "flush refreshing" : "flush"} aria-busy={loading}>
      {rows.length === 0 ? (
        <Empty title={`${report.nothing} in ${monthName(month)}`} />
      ) : (
        <Table
          caption={`${report.label}, ${monthName(month)}`}
          rows={rows}
          keyOf={(row) => places.get(row)!}
          columns={columns.map((column) => ({ ...column, cell: (row: ReportRow<P>) => column.cell(row, currency) }))}
          steps={false}
          foot={sums.map((sum) => columns.map((column, at) => (at === 0 ? "Total" : column.cell(sum, currency))))}
        />
      )}
      {data.row_count > rows.length && (
        <p class="pad" role="note">
          These are the first {rows.length.toLocaleString()} of {data.row_count.toLocaleString()} rows. The sums are of
          all, and so is the export.
        </p>
      )}
    </div>
  );
}

const takings: Report & { path: "/admin/reports/takings" } = {
  path: "/admin/reports/takings",
  label: "Takings",
  about: "Money counts on the day on which it came in or went back, whatever day its order is of.",
  nothing: "No money came in or went back",
  Shown: ({ month }) => (
    <MonthTable
      report={takings}
      month={month}
      keyOf={({ date, method }) => `${date} ${method}`}
      columns={[
        {
          head: "Day",
          cell: ({ date, method }) => (
            <>
              {date === null ? "" : day(date)}
              <span class="second narrow-only">{method === null ? "" : word(methods, method)}</span>
            </>
          ),
        },
        { head: "Paid by", class: "wide-only", cell: ({ method }) => (method === null ? "" : word(methods, method)) },
        { head: "Payments", end: true, from: "medium", cell: ({ payments }) => payments },
        { head: "Taken in", end: true, from: "medium", cell: ({ captured }, currency) => amount(captured, currency) },
        { head: "Refunds", end: true, from: "medium", cell: ({ refunds }) => refunds },
        { head: "Refunded", end: true, from: "medium", cell: ({ refunded }, currency) => amount(refunded, currency) },
        { head: "Net", end: true, cell: ({ net }, currency) => amount(net, currency) },
      ]}
    />
  ),
};

const tax: Report & { path: "/admin/reports/tax" } = {
  path: "/admin/reports/tax",
  label: "Tax",
  about: (
    <>
      Of invoices that were issued in the month, less what credit notes of the month took back.{" "}
      <a href={href("/documents")}>All documents</a>
    </>
  ),
  nothing: "No invoice was issued",
  Shown: ({ month }) => (
    <MonthTable
      report={tax}
      month={month}
      keyOf={({ country, treatment, rate_ppm }) => `${country} ${treatment} ${rate_ppm}`}
      columns={[
        {
          head: "Country",
          cell: ({ country, treatment }) => (
            <>
              {country}
              <span class="second narrow-only">{treatment === null ? "" : word(treatments, treatment)}</span>
            </>
          ),
        },
        {
          head: "Treatment",
          class: "wide-only",
          cell: ({ treatment }) => (treatment === null ? "" : word(treatments, treatment)),
        },
        { head: "Rate", end: true, cell: ({ rate_ppm: ppm }) => (ppm === null ? "" : percentText(ppm)) },
        { head: "Documents", end: true, from: "medium", cell: ({ documents }) => documents },
        { head: "Net", end: true, from: "medium", cell: ({ net }, currency) => amount(net, currency) },
        { head: "Tax", end: true, cell: ({ tax: minor }, currency) => amount(minor, currency) },
        { head: "Total", end: true, from: "medium", cell: ({ total }, currency) => amount(total, currency) },
      ]}
    />
  ),
};

const sales: Report & { path: "/admin/reports/sales" } = {
  path: "/admin/reports/sales",
  label: "Sales by product",
  about:
    "Of orders that were placed in the month and paid, or that need no payment first; less what was cancelled or came " +
    "back. Without delivery.",
  nothing: "Nothing was sold",
  Shown: ({ month }) => (
    <MonthTable
      report={sales}
      month={month}
      keyOf={({ sku }) => sku}
      columns={[
        {
          head: "SKU",
          class: "wrap-anywhere",
          cell: ({ sku, product }) => (
            <>
              {sku}
              <span class="second narrow-only">{product}</span>
            </>
          ),
        },
        { head: "Product", class: "wide-only wrap-anywhere", cell: ({ product }) => product },
        { head: "Orders", end: true, from: "medium", cell: ({ orders }) => orders },
        { head: "Units", end: true, cell: ({ units }) => units },
        { head: "Discounts", end: true, from: "medium", cell: ({ discount }, currency) => amount(discount, currency) },
        { head: "Revenue", end: true, cell: ({ revenue }, currency) => amount(revenue, currency) },
      ]}
    />
  ),
};

interface AboutOrder {
  order_id: number | null;
  customer: string | null;
  method: string | null;
}

/** What the reports of orders have in common. */
const orderColumns: Record<"order" | "customer" | "method", ReportColumn<AboutOrder>> = {
  order: {
    head: "Order",
    cell: ({ order_id: id, customer }) => (
      <>
        {id === null ? "" : <a href={href(`/orders/${id}`)}>{id}</a>}
        <span class="second narrow-only">{customer}</span>
      </>
    ),
  },
  customer: { head: "Customer", class: "wide-only wrap-anywhere", cell: ({ customer }) => customer },
  method: { head: "Paid by", from: "medium", cell: ({ method }) => (method === null ? "" : word(methods, method)) },
};

const openPayments: Report & { path: "/admin/reports/open-payments" } = {
  path: "/admin/reports/open-payments",
  label: "Open payments",
  about: (
    <>
      Orders that were placed in the month and are still owed something.{" "}
      <a href={href("/payments?status=processing,requires_action,authorized")}>All open payments</a>
    </>
  ),
  nothing: "Nothing is owed of orders that were placed",
  Shown: ({ month }) => (
    <MonthTable
      report={openPayments}
      month={month}
      keyOf={({ order_id }) => String(order_id)}
      columns={[
        orderColumns.order,
        { head: "Placed", from: "medium", cell: ({ date }) => (date === null ? "" : day(date)) },
        orderColumns.customer,
        orderColumns.method,
        {
          head: "Payment",
          class: "wide-only",
          cell: ({ payment_status: status }) => (status === null ? "" : word(payments, status)),
        },
        { head: "Total", end: true, from: "medium", cell: ({ total }, currency) => amount(total, currency) },
        { head: "Received", end: true, from: "medium", cell: ({ captured }, currency) => amount(captured, currency) },
        { head: "Owed", end: true, cell: ({ owed }, currency) => amount(owed, currency) },
      ]}
    />
  ),
};

const refundsToSend: Report & { path: "/admin/reports/refunds-to-send" } = {
  path: "/admin/reports/refunds-to-send",
  label: "Refunds to send",
  about: (
    <>
      Refunds that were asked for in the month, and that staff have not sent yet.{" "}
      <a href={href("/payments?refund_to_be_sent=true")}>All refunds to send</a>
    </>
  ),
  nothing: "No refund is to be sent that was asked for",
  Shown: ({ month }) => (
    <MonthTable
      report={refundsToSend}
      month={month}
      keyOf={({ order_id }, index) => `${order_id} ${index}`}
      columns={[
        orderColumns.order,
        { head: "Asked for", from: "medium", cell: ({ date }) => (date === null ? "" : day(date)) },
        orderColumns.customer,
        orderColumns.method,
        { head: "Reason", class: "wrap-anywhere", cell: ({ reason }) => reason },
        { head: "To send", end: true, cell: ({ amount: minor }, currency) => amount(minor, currency) },
      ]}
    />
  ),
};

const reports: Report[] = [takings, tax, sales, openPayments, refundsToSend];
const nameOf = ({ path }: Report) => path.slice("/admin/reports/".length);

export default function Reports() {
  const { query } = usePlace();
  const report = reports.find((each) => nameOf(each) === query.get("report")) ?? takings;
  const now = monthNow();
  const asked = query.get("month") ?? "";
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? asked : now;
  const title = `${report.label}, ${monthName(month)}`;
  return (
    <Page
      title="Reports"
      actions={
        <>
          <button type="button" onClick={() => print()}>
            <Icon name="print" />
            Print
          </button>
          <ExportButton path={addressOf(`${report.path}.csv`)} query={{ month }} />
        </>
      }
    >
      <div class="toolbar">
        <Tabs
          label="Report"
          options={reports.map((each, at) => [at === 0 ? "" : `report=${nameOf(each)}`, each.label] as const)}
        />
        <MonthChooser month={month} now={now} />
      </div>
      <Section title={title} class="report">
        <p class="pad muted about">{report.about}</p>
        <report.Shown key={report.path + month} month={month} />
      </Section>
    </Page>
  );
}

/** Two years of months to choose from, and the one that is shown. */
function MonthChooser({ month, now }: { month: string; now: string }) {
  const go = (to: string) => refine({ month: to === now ? "" : to }, { replace: false });
  const months = Array.from({ length: 25 }, (_, back) => monthLater(now, -back));
  const all = months.includes(month) ? months : [...months, month].sort().reverse();
  return (
    <div class="month" role="group" aria-label="Month">
      <button
        type="button"
        class="icon-button"
        aria-label={`Before: ${monthName(monthLater(month, -1))}`}
        onClick={() => go(monthLater(month, -1))}
      >
        <Icon name="back" />
      </button>
      <select aria-label="Month" value={month} onChange={(event) => go(event.currentTarget.value)}>
        {all.map((each) => (
          <option key={each} value={each} selected={each === month}>
            {monthName(each)}
          </option>
        ))}
      </select>
      <button
        type="button"
        class="icon-button"
        aria-label={`After: ${monthName(monthLater(month, 1))}`}
        disabled={month >= now}
        onClick={() => go(monthLater(month, 1))}
      >
        <Icon name="on" />
      </button>
    </div>
  );
}
