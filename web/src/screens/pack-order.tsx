import { useState } from "preact/hooks";
import { type Answer, explain, get } from "../api/client";
import { useData } from "../api/data";
import type { ScreenProps } from "../app";
import { go, href } from "../router";
import { countryName } from "../text/countries";
import { Button } from "../ui/button";
import { Page, Section } from "../ui/page";
import { isCodeOf, ScanField } from "../ui/scan-field";
import { soundDone, soundRight, soundWrong } from "../ui/sound";
import { Failed, Loading } from "../ui/states";
import { Mood } from "../ui/status";
import { printLabels } from "./labels";
import { labelWords } from "./order-pack";
import { fulfil, markShipped } from "./orders-bulk";
import { ShortPick } from "./short-pick";

type ToPack = Answer<"/admin/packing/{id}", "get">;
type Item = ToPack["items"][number];
/** What was said last: what is wrong, or what has just happened. */
type Said = { text: string; bad: boolean };

/** One order at the packing table: what is scanned is ticked off, and the last unit prints the label. */
export default function PackOrder({ values }: ScreenProps) {
  const id = Number(values.id);
  const loaded = useData("/admin/packing/{id}", [id], { live: ["order.", "shipment.", "payment."] });
  const settings = useData("/admin/settings");
  const [ticked, setTicked] = useState<Record<number, number>>({});
  const [said, setSaid] = useState<Said | undefined>();
  const [packed, setPacked] = useState(false);
  const [short, setShort] = useState(false);
  // The last unit may be scanned before they are read.
  const ships = async () => (settings.data ?? (await get("/admin/settings"))).ship_when_packed;
  const order = loaded.data;
  if (!order)
    return (
      <Page title={`Pack ${id}`} back={{ to: "/pack", label: "To pack" }}>
        {loaded.error !== undefined ? (
          <Failed error={loaded.error} again={() => void loaded.reload()} />
        ) : (
          <Loading rows={6} />
        )}
      </Page>
    );
  const items = order.items.filter(({ units }) => units > 0);
  const done = (item: Item) => Math.min(ticked[item.item_id] ?? 0, item.units);
  const left = items.reduce((sum, item) => sum + item.units - done(item), 0);
  const isBegun = Object.values(ticked).some((count) => count > 0);

  const wrong = (text: string) => {
    soundWrong();
    setSaid({ text, bad: true });
  };
  const finish = async () => {
    soundDone();
    setPacked(true);
    setSaid({ text: `Order ${id} is packed. Scan the next slip.`, bad: false });
    try {
      await finishPacking(order, ships, () => void loaded.reload());
    } catch (error) {
      wrong(explain(error));
    }
    await loaded.reload();
  };
  const tick = async (item: Item) => {
    if (done(item) >= item.units) {
      wrong(`All ${item.units} of ${item.name} are packed already`);
      return;
    }
    setTicked({ ...ticked, [item.item_id]: done(item) + 1 });
    if (left === 1) {
      await finish();
    } else {
      soundRight();
      setSaid({ text: `${done(item) + 1} of ${item.units} × ${item.name}`, bad: false });
    }
  };
  const scan = async (code: string) => {
    const fitting = items.filter((item) => isCodeOf(code, item));
    const open = fitting.find((item) => done(item) < item.units) ?? fitting[0];
    if (open && !packed) {
      await tick(open);
      return;
    }
    const other = code.replace(/^#/, "");
    if (/^\d{1,12}$/.test(other) && other !== String(id) && (await isOrder(other))) {
      if (isBegun && !packed) {
        wrong(`${other} is another order. Finish order ${id} first, or leave it.`);
        return;
      }
      soundRight();
      go(`/pack/${other}`);
      return;
    }
    wrong(other === String(id) ? `This is the slip of order ${id}` : `${code} is not in order ${id}`);
  };

  return (
    <Page
      title={`Pack ${id}`}
      back={{ to: "/pack", label: "To pack" }}
      heading={
        <>
          Pack {id} {packed && <Mood tone="good">Packed</Mood>}
        </>
      }
      actions={
        <>
          <a class="button" href={href(`/orders/${id}`)}>
            The order
          </a>
          {!packed && items.length > 0 && (
            <button type="button" onClick={() => setShort(true)}>
              Something is missing…
            </button>
          )}
        </>
      }
    >
      <p class="muted lead">
        {order.customer_name || "erased"}
        {order.country && `, ${countryName(order.country)}`}
        {order.label && ` · ${labelWords[order.label] ?? order.label}`}
      </p>
      {order.note && <p class="notice warn wrap-anywhere">{order.note}</p>}
      {order.staff_note && <p class="notice wrap-anywhere">{order.staff_note}</p>}
      <ScanField label={packed ? "Scan the next slip" : "Scan an item, or a slip"} onScan={scan} />
      <p class={`said ${said?.bad ? "bad" : ""}`} role={said?.bad ? "alert" : "status"}>
        {said?.text ?? (items.length > 0 ? `${left} to scan` : "Nothing of it is to be packed.")}
      </p>
      <Section title="Items">
        <ul class="rows ticks">
          {items.map((item) => (
            <li key={item.item_id} class={done(item) === item.units ? "ticked" : ""}>
              <strong class="number">
                {done(item)} / {item.units}
              </strong>
              <span class="wrap-anywhere">
                {item.name}
                <span class="second">
                  {item.sku}
                  {item.shelf && ` · shelf ${item.shelf}`}
                </span>
              </span>
              {!packed && done(item) < item.units && (
                <Button onPress={() => tick(item)} aria-label={`Tick off one ${item.name}`}>
                  Tick
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Section>
      {short && (
        <ShortPick
          order={order}
          missing={Object.fromEntries(items.map((item) => [item.item_id, item.units - done(item)]))}
          onClose={() => setShort(false)}
          onDone={async (shipment) => {
            soundDone();
            setPacked(true);
            setSaid({ text: `What is there of order ${id} is packed. Scan the next slip.`, bad: false });
            if (shipment !== null) await printLabels({ shipment_ids: [shipment] });
            if (shipment !== null && (await ships())) await markShipped([id], () => void loaded.reload());
            await loaded.reload();
          }}
        />
      )}
    </Page>
  );
}

async function isOrder(number: string): Promise<boolean> {
  try {
    await get("/admin/packing/{id}", [number]);
    return true;
  } catch {
    return false;
  }
}

/** Makes the parcel if there is none, prints the label, and marks the order as shipped if the shop wants that. */
async function finishPacking(order: ToPack, ships: () => Promise<boolean>, onBack: () => void): Promise<void> {
  const { id, can, delivery_kind: kind } = order;
  if (kind === "pickup" || kind === "own_delivery") {
    if (can.includes("mark_ready")) await must(fulfil([order], { status: "ready" }));
    return;
  }
  if (can.includes("fulfil")) await must(fulfil([order], { label_at_once: true }));
  await printLabels({ order_ids: [id] });
  if (await ships()) await markShipped([id], onBack);
}

/** @throws what was refused */
async function must(results: ReturnType<typeof fulfil>): Promise<void> {
  const failed = (await results).find(({ fault }) => fault !== "");
  if (failed) throw new Error(failed.fault);
}
