import { explain, post, type Row } from "../api/client";
import { useData } from "../api/data";
import type { ScreenProps } from "../app";
import { href } from "../router";
import { useMay } from "../session";
import { dayOf, fullDate } from "../text/time";
import { AddressLines } from "../ui/address";
import { Button } from "../ui/button";
import { confirmAct } from "../ui/dialog";
import { List } from "../ui/list";
import { Page, Section } from "../ui/page";
import { Empty, Failed, Loading } from "../ui/states";
import { Status } from "../ui/status";
import { Money, When } from "../ui/text";
import { notify } from "../ui/toast";

type Order = Row<"/admin/orders">;

export default function CustomerPage({ values }: ScreenProps) {
  const id = Number(values.id);
  const customer = useData("/admin/customers/{id}", [id], { live: ["customer."] });
  const mayErase = useMay("owner");
  const mayDownload = useMay("staff");
  const data = customer.data;
  const back = { to: "/customers", label: "Customers" };
  if (!data)
    return (
      <Page title={`Customer ${id}`} back={back}>
        {customer.error !== undefined ? (
          <Failed error={customer.error} again={() => void customer.reload()} />
        ) : (
          <Loading />
        )}
      </Page>
    );
  const erase = async () => {
    const sure = await confirmAct({
      title: "Erase this customer's data?",
      text: (
        <p>
          Name, e-mail, phone, address and notes are removed from this customer and all their orders, permanently. The
          orders themselves stay, for the books.
          {data.documents_kept_until &&
            ` Invoices that name the customer stay until ${fullDate(dayOf(data.documents_kept_until))}, as the law demands; the settings say for how long.`}
        </p>
      ),
      act: "Erase",
      danger: true,
    });
    if (!sure) return;
    try {
      customer.set(await post("/admin/customers/{id}/erase", [id], { version: data.version }));
      notify("The customer's data is erased");
    } catch (error) {
      notify(explain(error), { kind: "bad" });
      void customer.reload();
    }
  };
  return (
    <Page
      title={data.name ?? `Customer ${id}`}
      back={back}
      actions={
        <>
          {mayDownload && (
            <a class="button" href={`/admin/customers/${id}/export`} download={`customer-${id}.json`}>
              Download all data
            </a>
          )}
          {mayErase && !data.erased && <Button onPress={erase}>Erase data…</Button>}
        </>
      }
    >
      <div class="columns">
        <Section title="Orders" class="flush">
          <List
            path="/admin/orders"
            query={{ customer_id: id }}
            filtered={false}
            live={["order."]}
            caption="This customer's orders"
            keyOf={(order: Order) => order.id}
            empty={<Empty title="No orders yet" />}
            columns={[
              { head: "Order", cell: (order: Order) => <a href={href(`/orders/${order.id}`)}>{order.id}</a> },
              { head: "Status", cell: (order: Order) => <Status kind="order" value={order.status} /> },
              { head: "Units", end: true, from: "medium", cell: (order: Order) => order.units },
              {
                head: "Total",
                end: true,
                cell: (order: Order) => <Money minor={order.total} currency={order.currency} />,
              },
              { head: "Placed", end: true, from: "medium", cell: (order: Order) => <When at={order.created_at} /> },
            ]}
          />
        </Section>
        <Section title="Contact">
          <div class="pad">
            {data.erased ? (
              <p class="muted">
                Erased on request.
                {data.documents_kept_until &&
                  ` Invoices that name the customer are kept until ${fullDate(dayOf(data.documents_kept_until))}.`}
              </p>
            ) : (
              <dl class="facts">
                {data.email && (
                  <>
                    <dt>E-mail</dt>
                    <dd>
                      <a href={`mailto:${data.email}`}>{data.email}</a>
                    </dd>
                  </>
                )}
                {data.phone && (
                  <>
                    <dt>Phone</dt>
                    <dd>
                      <a href={`tel:${data.phone.replace(/[^\d+]/g, "")}`}>{data.phone}</a>
                    </dd>
                  </>
                )}
                {data.shipping_address && (
                  <>
                    <dt>Address</dt>
                    <dd>
                      <AddressLines address={data.shipping_address} />
                    </dd>
                  </>
                )}
                <dt>Signs in</dt>
                <dd>{data.has_account ? "with an account" : "no, orders as a guest"}</dd>
                <dt>Since</dt>
                <dd>
                  <When at={data.created_at} />
                </dd>
              </dl>
            )}
          </div>
        </Section>
      </div>
    </Page>
  );
}
