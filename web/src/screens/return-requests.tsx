import { type Answer, newKey, post, type Row } from "../api/client";
import { href } from "../router";
import { useMay } from "../session";
import { Button } from "../ui/button";
import { List, Tabs, useFilters } from "../ui/list";
import { Page } from "../ui/page";
import { Empty } from "../ui/states";
import { Mood } from "../ui/status";
import { When } from "../ui/text";
import { notify } from "../ui/toast";

type ReturnRequest = Row<"/admin/return-requests">;
export type OrderRequest = Answer<"/orders/{id}/return-requests", "get">["requests"][number];

export const kindText = (kind: ReturnRequest["kind"]) => (kind === "withdrawal" ? "Withdrawal" : "Return");

export async function settle(request: { id: number; kind: ReturnRequest["kind"] }) {
  await post("/admin/return-requests/{id}/settle", [request.id], { idempotencyKey: newKey() });
  notify(`${kindText(request.kind)} dealt with`);
}

/** What customers asked for on the shop's pages: to withdraw from an order, or to send goods back. */
export default function ReturnRequests() {
  const { status } = useFilters(["status"] as const);
  const mayChange = useMay("staff");
  return (
    <Page title="Withdrawals and returns">
      <List
        path="/admin/return-requests"
        query={{ status: status === "all" ? "" : "open" }}
        filtered={status !== "" && status !== "all"}
        live={["return_request."]}
        caption="Withdrawals and returns that customers asked for"
        keyOf={(request: ReturnRequest) => request.id}
        empty={
          <Empty title="Nothing to deal with">
            What customers send from the page for withdrawals, or from their order's page, appears here.
          </Empty>
        }
        toolbar={
          <Tabs
            label="Which ones"
            options={[
              ["", "Open"],
              ["status=all", "All"],
            ]}
          />
        }
        columns={[
          {
            head: "What",
            class: "wrap-anywhere",
            cell: (request: ReturnRequest) => (
              <>
                {kindText(request.kind)}
                {request.text && <span class="second">{request.text}</span>}
              </>
            ),
          },
          {
            head: "Order",
            class: "wrap-anywhere",
            cell: (request: ReturnRequest) =>
              request.order_id ? (
                <a href={href(`/orders/${request.order_id}`)}>{request.order_id}</a>
              ) : (
                <>
                  {request.order_number}
                  <span class="second">No order has this number and e-mail address</span>
                </>
              ),
          },
          {
            head: "From",
            class: "wrap-anywhere",
            cell: (request: ReturnRequest) =>
              request.name === null ? (
                <span class="muted">erased</span>
              ) : (
                <>
                  {request.name}
                  <span class="second">{request.email}</span>
                </>
              ),
          },
          {
            head: "State",
            cell: (request: ReturnRequest) =>
              request.settled_at ? (
                <>
                  <Mood tone="good">Dealt with</Mood>
                  <span class="second">
                    <When at={request.settled_at} />
                  </span>
                </>
              ) : (
                <>
                  <Mood tone="warn" fill="half">
                    Open
                  </Mood>
                  {mayChange && (
                    <Button class="link" onPress={() => settle(request)}>
                      Dealt with
                    </Button>
                  )}
                </>
              ),
          },
          { head: "Received", end: true, cell: (request: ReturnRequest) => <When at={request.received_at} /> },
        ]}
      />
    </Page>
  );
}
