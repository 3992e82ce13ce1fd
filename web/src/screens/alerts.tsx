import { newKey, post, type Row } from "../api/client";
import { href } from "../router";
import { useMay } from "../session";
import { Button } from "../ui/button";
import { List, Tabs, useFilters } from "../ui/list";
import { Page } from "../ui/page";
import { Empty } from "../ui/states";
import { Mood } from "../ui/status";
import { When } from "../ui/text";
import { notify } from "../ui/toast";

type Alert = Row<"/admin/alerts">;

async function dismiss(alert: Alert) {
  await post("/admin/alerts/{id}/dismiss", [alert.id], { idempotencyKey: newKey() });
  notify(`Dismissed: ${alert.name}`);
}

export default function Alerts() {
  const { status } = useFilters(["status"] as const);
  const mayChange = useMay("staff");
  return (
    <Page title="Stock alerts">
      <List
        path="/admin/alerts"
        query={{ status: status === "all" ? "" : status || "open" }}
        filtered={status !== "" && status !== "all"}
        live={["alert.", "stock.", "product."]}
        caption="Low-stock alerts"
        keyOf={(alert: Alert) => alert.id}
        empty={
          <Empty title="Nothing runs low">
            A product appears here once its available stock is at or below its threshold.
          </Empty>
        }
        toolbar={
          <Tabs
            label="Which alerts"
            options={[
              ["", "Open"],
              ["status=quiet", "Quiet"],
              ["status=resolved", "Resolved"],
              ["status=all", "All"],
            ]}
          />
        }
        columns={[
          {
            head: "Product",
            class: "wrap-anywhere",
            cell: (alert: Alert) => (
              <>
                <a href={href(`/inventory/${alert.product_id}`)}>{alert.name}</a>
                <span class="second">{alert.sku}</span>
              </>
            ),
          },
          {
            head: "Available now",
            end: true,
            cell: (alert: Alert) => <strong class={alert.available === 0 ? "bad" : ""}>{alert.available}</strong>,
          },
          { head: "Warn at", end: true, from: "medium", cell: (alert: Alert) => alert.low_stock_threshold ?? "never" },
          { head: "When it opened", end: true, from: "large", cell: (alert: Alert) => `${alert.level} left` },
          {
            head: "State",
            cell: (alert: Alert) =>
              alert.resolved_at ? (
                <>
                  <Mood tone="good">Resolved</Mood>
                  <span class="second">
                    <When at={alert.resolved_at} />
                  </span>
                </>
              ) : (
                <>
                  <Mood tone="warn" fill="half">
                    {alert.status === "quiet" ? "Quiet" : "Open"}
                  </Mood>
                  {mayChange && (
                    <Button class="link" onPress={() => dismiss(alert)}>
                      Dismiss
                    </Button>
                  )}
                </>
              ),
          },
          { head: "Opened", end: true, from: "medium", cell: (alert: Alert) => <When at={alert.opened_at} /> },
        ]}
      />
    </Page>
  );
}
