import { useState } from "preact/hooks";
import { type Answer, explain, get, put } from "../api/client";
import { useData } from "../api/data";
import { href } from "../router";
import { useMay, useSession } from "../session";
import { countries } from "../text/countries";
import { moneyInput } from "../text/money";
import { capital } from "../text/words";
import { Button } from "../ui/button";
import { Form, integerOf, MoneyField, moneyOf, NumberField, SelectField, TextField } from "../ui/form";
import { Page, Section } from "../ui/page";
import { Empty, Failed, Loading } from "../ui/states";
import { Mood } from "../ui/status";
import { Table } from "../ui/table";
import { Money } from "../ui/text";
import { notify } from "../ui/toast";
import { daysText, kindWords, type Method, zonesText } from "./delivery-text";

/** The ways in which orders get to customers, in the order in which customers see them. */
export default function Delivery() {
  const mayChange = useMay("staff");
  const list = useData("/admin/delivery-methods", [], { live: ["delivery_method."], whole: true });
  const methods = list.data?.data;
  const move = async (method: Method, position: number) => {
    try {
      await put("/admin/delivery-methods/{id}", [method.id], { body: { position }, version: method.version });
    } catch (error) {
      notify(explain(error), { kind: "bad" });
    }
    await list.reload();
  };
  return (
    <Page
      title="Delivery"
      actions={
        mayChange && (
          <a class="button primary" href={href("/delivery/new")}>
            Add a method
          </a>
        )
      }
    >
      <p class="muted lead">
        How orders get to customers, and what it costs. Orders keep what was agreed, whatever is changed here.
      </p>
      {!methods ? (
        list.error !== undefined ? (
          <Failed error={list.error} again={() => void list.reload()} />
        ) : (
          <Loading rows={4} />
        )
      ) : methods.length === 0 ? (
        <Empty title="No delivery methods yet">Delivery is free, everywhere, until there is one.</Empty>
      ) : (
        <div class="stack">
          <Section title="Methods" class="flush">
            <Methods methods={methods} move={mayChange ? move : undefined} />
          </Section>
          <Preview key={methods.map(({ id, version }) => `${id}.${version}`).join()} methods={methods} />
        </div>
      )}
    </Page>
  );
}

function Methods({
  methods,
  move,
}: {
  methods: Method[];
  move: ((method: Method, position: number) => Promise<void>) | undefined;
}) {
  const { currency } = useSession().shop;
  const mayChange = move !== undefined;
  return (
    <Table
      caption="Delivery methods, as customers see them"
      rows={methods}
      keyOf={(method: Method) => method.id}
      tone={(method: Method) => (method.active ? undefined : "dim")}
      columns={[
        {
          head: "Method",
          class: "wrap-anywhere",
          cell: (method: Method) => (
            <>
              {mayChange ? <a href={href(`/delivery/${method.id}`)}>{method.name}</a> : method.name}
              <span class="second">
                {kindWords[method.kind]}
                {method.days && `, ${daysText(method.days)}`}
              </span>
            </>
          ),
        },
        {
          head: "What it costs",
          class: "wrap-anywhere",
          from: "medium",
          cell: (method: Method) => zonesText(method, currency).map((line) => <div key={line}>{capital(line)}</div>),
        },
        {
          head: "State",
          cell: (method: Method) => (method.active ? <Mood tone="good">On</Mood> : <Mood tone="">Off</Mood>),
        },
        ...(move
          ? [
              {
                head: "Act",
                acts: true,
                end: true,
                cell: (method: Method) => {
                  const at = methods.indexOf(method) + 1;
                  return (
                    <>
                      <Button
                        class="link"
                        disabled={at === 1}
                        aria-label={`Move up: ${method.name}`}
                        onPress={() => move(method, at - 1)}
                      >
                        Up
                      </Button>{" "}
                      <Button
                        class="link"
                        disabled={at === methods.length}
                        aria-label={`Move down: ${method.name}`}
                        onPress={() => move(method, at + 1)}
                      >
                        Down
                      </Button>
                    </>
                  );
                },
              },
            ]
          : []),
      ]}
    />
  );
}

type Offers = Answer<"/admin/delivery-methods/offers", "get">;

/** What a parcel would cost, as a customer would be asked. */
function Preview({ methods }: { methods: Method[] }) {
  const { currency } = useSession().shop;
  const [offers, setOffers] = useState<Offers | undefined>();
  const nameOf = (id: number) => methods.find((method) => method.id === id)?.name ?? `Method ${id}`;
  return (
    <Section title="Try it out">
      <Form
        submit="Show what it costs"
        passing
        onSubmit={async (values) => {
          const weight = integerOf(values, "weight_g");
          setOffers(
            await get("/admin/delivery-methods/offers", [], {
              query: {
                ...(values.country && { country: values.country }),
                ...(values.region?.trim() && { region: values.region.trim() }),
                ...(values.postal_code?.trim() && { postal_code: values.postal_code.trim() }),
                value: moneyOf(values, "value", currency),
                ...(weight !== undefined && { weight_g: weight }),
              },
            }),
          );
        }}
      >
        <div class="fields">
          <SelectField name="country" label="Country" options={[["", "Choose…"], ...countries()]} required />
          <TextField name="postal_code" label="Postal code" optional maxLength={20} />
          <TextField name="region" label="State or region" optional maxLength={100} />
        </div>
        <div class="fields">
          <MoneyField name="value" label="The goods cost" required value={moneyInput(4000, currency)} />
          <NumberField name="weight_g" label="They weigh" unit="g" optional value="900" hint="Empty: not known." />
        </div>
      </Form>
      {offers && (
        <div class="pad" aria-live="polite">
          {offers.delivery_methods.length === 0 && <p>Nothing fits: such an order is refused.</p>}
          <dl class="facts">
            {offers.delivery_methods.map((offer) => [
              <dt key={`name-${offer.id}`}>{offer.name}</dt>,
              <dd key={offer.id}>{offer.price === 0 ? "free" : <Money minor={offer.price} />}</dd>,
            ])}
            {offers.unavailable.map(({ id, detail }) => [
              <dt key={`name-${id}`} class="muted">
                {nameOf(id)}
              </dt>,
              <dd key={id} class="muted">
                no: {detail}
              </dd>,
            ])}
          </dl>
        </div>
      )}
    </Section>
  );
}
