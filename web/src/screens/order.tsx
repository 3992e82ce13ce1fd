import { useState } from "preact/hooks";
import { type Answer, explain, Problem, post, put, type Row } from "../api/client";
import { useData } from "../api/data";
import type { ScreenProps } from "../app";
import { useMay } from "../session";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Form, TextField } from "../ui/form";
import { Page } from "../ui/page";
import { Failed, Loading } from "../ui/states";
import { Status } from "../ui/status";
import { Money, When } from "../ui/text";
import { notify } from "../ui/toast";
import { MailsOf } from "./mails";
import { Billing } from "./order-billing";
import { Comments } from "./order-comments";
import { Delivery } from "./order-delivery";
import { Documents } from "./order-documents";
import { DraftActs } from "./order-draft";
import { Customer, Manager, Notes } from "./order-edit";
import { History } from "./order-history";
import { Items } from "./order-items";
import { Links } from "./order-links";
import { mayBegin } from "./order-pack";
import { Parcels } from "./order-parcels";
import { Payment } from "./order-payment";
import { CancelRest, Returns } from "./order-returns";
import { useSeenOrder } from "./order-seen";
import { Tags } from "./order-tags";
import { Terms } from "./order-terms";

export type Order = Answer<"/admin/orders/{id}", "get">;
export type User = Row<"/admin/users">;

export default function OrderPage({ values }: ScreenProps) {
  const id = Number(values.id);
  const order = useData("/admin/orders/{id}", [id], {
    live: ["order.", "payment.", "shipment.", "document.", "setting."],
  });
  const [cancelling, setCancelling] = useState<"all" | "rest" | undefined>();
  const mayChange = useMay("staff");
  const users = useData(mayChange ? "/admin/users" : undefined, [], { whole: true }).data?.data ?? [];
  const data = order.data;
  if (!data)
    return (
      <Page title={`Order ${id}`} back={{ to: "/orders", label: "Orders" }}>
        {order.error !== undefined ? (
          <Failed error={order.error} again={() => void order.reload()} />
        ) : (
          <Loading rows={10} />
        )}
      </Page>
    );

  const startPacking = async () => {
    try {
      order.set(await put("/admin/orders/{id}", [id], { body: { status: "processing" }, version: data.version }));
      notify("Packing began");
    } catch (error) {
      if (error instanceof Problem && error.status === 412) await order.reload();
      notify(explain(error), { kind: "bad" });
    }
  };
  return (
    <Page
      title={`Order ${id}`}
      back={{ to: "/orders", label: "Orders" }}
      heading={
        <>
          Order {id} <Status kind="order" value={data.status} />
        </>
      }
      actions={
        <>
          {mayChange && data.status === "draft" && <DraftActs order={data} onChanged={order.set} />}
          {mayChange && mayBegin(data) && (
            <Button class="primary" onPress={startPacking}>
              Start packing
            </Button>
          )}
          <button type="button" onClick={() => print()}>
            Print
          </button>
          {mayChange && data.next_statuses.includes("cancelled") && (
            <button type="button" onClick={() => setCancelling("all")}>
              Cancel order…
            </button>
          )}
          {mayChange && data.status === "partially_shipped" && (
            <button type="button" onClick={() => setCancelling("rest")}>
              Cancel the rest…
            </button>
          )}
        </>
      }
    >
      <p class="muted lead">
        Placed <When at={data.created_at} />
        {data.status === "pending" && data.expires_at && (
          <>
            , its stock is held until <When at={data.expires_at} />
          </>
        )}
      </p>
      <Tags order={data} onChanged={() => void order.reload()} />
      <div class="columns order">
        <div class="stack">
          <Items order={data} onChanged={order.set} />
          <Parcels order={data} onChanged={() => void order.reload()} />
          <Returns order={data} onChanged={() => void order.reload()} />
          <Comments order={id} />
        </div>
        <div class="stack beside">
          <Customer order={data} onChanged={order.set} />
          <Payment order={data} onChanged={() => void order.reload()} />
          <Notes order={data} onChanged={order.set} />
          <Delivery order={data} onChanged={order.set} />
          <Links order={data} />
          <Billing order={data} onChanged={order.set} />
          <Documents order={data} />
          <Terms order={data} />
          <Manager order={data} users={users} onChanged={order.set} />
        </div>
        <div class="stack">
          <MailsOf order={id} />
          <History order={data} users={users} />
        </div>
      </div>
      {cancelling === "all" && (
        <Cancel order={data} onClose={() => setCancelling(undefined)} onDone={() => void order.reload()} />
      )}
      {cancelling === "rest" && (
        <CancelRest order={data} onClose={() => setCancelling(undefined)} onDone={() => void order.reload()} />
      )}
    </Page>
  );
}

function Cancel({ order, onClose, onDone }: { order: Order; onClose: () => void; onDone: () => void }) {
  const { seen, act } = useSeenOrder(order);
  const captured = seen.payment ? seen.payment.captured - seen.payment.refunded : 0;
  return (
    <Dialog title={`Cancel order ${order.id}?`} onClose={onClose}>
      <Form
        submit="Cancel the order"
        danger
        disabled={!seen.next_statuses.includes("cancelled")}
        onSubmit={async ({ reason }) => {
          await act(({ id, version }) =>
            post("/orders/{id}/cancel", [id], { body: reason ? { reason } : {}, version }),
          );
          notify(`Order ${order.id} is cancelled`);
          onDone();
          onClose();
        }}
      >
        <p>
          Its stock goes back on sale at once
          {captured > 0 && (
            <>
              , and <Money minor={captured} currency={order.currency} /> go back to the customer
            </>
          )}
          . This cannot be undone.
        </p>
        <TextField name="reason" label="Reason" optional maxLength={500} hint="Kept in the order's history." />
      </Form>
    </Dialog>
  );
}
