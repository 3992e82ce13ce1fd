import type { ComponentChildren } from "preact";
import { type Answer, get, put } from "../api/client";
import { useData } from "../api/data";
import { href } from "../router";
import { useSession } from "../session";
import { browserZone } from "../text/time-zones";
import { Button } from "../ui/button";
import { Section } from "../ui/page";
import { Mood } from "../ui/status";

type Checklist = Answer<"/admin/checklist", "get">;
type Step = Checklist["steps"][number];

interface Words {
  title: string;
  text: ComponentChildren;
  /** Where it is done. */
  to?: string;
  /** The text with which an owner confirms that it is not needed. */
  settled?: string;
}

const words: Record<Step["step"], Words> = {
  shop_address: {
    title: "The shop's address",
    text: "It appears on labels and receipts.",
    to: "/settings?part=shop",
    settled: "Not needed",
  },
  time_zone: {
    title: "The shop's time zone",
    text: "Until it is set, the days of reports, papers and mails are those of UTC.",
    to: "/settings?part=shop",
  },
  product: { title: "The first product", text: "Type it in, or import a catalogue.", to: "/inventory/new" },
  tax: {
    title: "Taxes",
    text: "Without rates, nothing is taxed.",
    to: "/settings?part=taxes",
    settled: "We charge no tax",
  },
  shipping: {
    title: "Delivery methods",
    text: "Without one, delivery is free, everywhere.",
    to: "/delivery",
    settled: "Free is right",
  },
  payment_methods: {
    title: "A way to pay",
    text: "Customers cannot pay yet.",
    to: "/settings?part=payment",
  },
  bank_details: {
    title: "Bank details",
    text: "Bank transfers are not offered until there are bank details. Or turn them off.",
    to: "/settings?part=payment",
  },
  cards: {
    title: "Card payments",
    text: "Cards are not offered until Stripe's keys are set. Or turn them off.",
    to: "/settings?part=stripe",
  },
  mail: {
    title: "E-mail",
    text: "Customers get no mail about their orders yet.",
    to: "/settings?part=mail",
    settled: "No e-mails",
  },
  public_url: {
    title: "The shop's public address",
    text: (
      <>
        Links in e-mails lead to this server's own address. Set <code>public-url</code> in its configuration.
      </>
    ),
    settled: "That is right",
  },
  backups: {
    title: "Backups",
    text: (
      <>
        None are made. Name a folder for them in the server's configuration, best on another disk: its line is{" "}
        <code>backup-dir = "/path/of/the/folder"</code>.
      </>
    ),
    settled: "Made elsewhere",
  },
  key_kept: {
    title: "A copy of the shop's key",
    text: (
      <>
        Without the file <code>shop.key</code> no backup can be read. Keep a copy apart from the backups.
      </>
    ),
    settled: "I have a copy",
  },
};

/** What a new shop still needs before it sells; hidden once everything is done. */
export function SetUpChecklist() {
  const list = useData("/admin/checklist", [], { live: ["setting.", "product.", "import.", "delivery_method."] });
  const data = list.data;
  if (!data || data.open === 0) return null;
  const steps = [...data.steps].sort((a, b) => Number(a.done) - Number(b.done));
  return (
    <Section
      title="Before you sell"
      class="checklist"
      actions={<span class="muted">{`${data.steps.length - data.open} of ${data.steps.length} done`}</span>}
    >
      <ul>
        {steps
          .filter((step) => !step.done)
          .map((step) => (
            <Open key={step.step} step={step} list={data} onChanged={list.set} />
          ))}
      </ul>
      {data.open < data.steps.length && (
        <details class="pad">
          <summary>Done</summary>
          <ul>
            {steps
              .filter((step) => step.done)
              .map((step) => (
                <Done key={step.step} step={step} list={data} onChanged={list.set} />
              ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

type Part = { step: Step; list: Checklist; onChanged: (list: Checklist) => void };

/** What a step still needs, where that depends on how far it has come. */
function textOf(step: Step, { unconfirmed_rates: rates }: Checklist): ComponentChildren {
  if (step.step === "tax" && rates > 0)
    return rates === 1
      ? "1 rate is a default that no owner has confirmed."
      : `${rates} rates are defaults that no owner has confirmed.`;
  return words[step.step].text;
}

const confirm = async (step: Step, confirmed: boolean, onChanged: Part["onChanged"]) =>
  onChanged(await put("/admin/checklist/{step}", [step.step], { body: { confirmed } }));

/** Takes this browser's time zone for the shop's. */
function TakeZone({ onChanged }: Pick<Part, "onChanged">) {
  const { refresh } = useSession();
  const zone = browserZone();
  const take = async () => {
    const { version } = await get("/admin/settings");
    await put("/admin/settings", [], { body: { time_zone: zone }, version });
    onChanged(await get("/admin/checklist"));
    await refresh();
  };
  return <Button onPress={take}>It is {zone.replaceAll("_", " ")}</Button>;
}

function Open({ step, list, onChanged }: Part) {
  const { title, to, settled } = words[step.step];
  return (
    <li>
      <div>
        <strong>{title}</strong>
        <p class="muted">{textOf(step, list)}</p>
      </div>
      <p class="acts">
        {step.step === "time_zone" && <TakeZone onChanged={onChanged} />}
        {step.confirmable && settled && (
          <Button aria-label={`${title}: ${settled}`} onPress={() => confirm(step, true, onChanged)}>
            {settled}
          </Button>
        )}
        {to && (
          <a class="button" href={href(to)} aria-label={`${title}: set up`}>
            Set up
          </a>
        )}
      </p>
    </li>
  );
}

function Done({ step, onChanged }: Part) {
  const { title, settled } = words[step.step];
  return (
    <li>
      <Mood tone="good">{title}</Mood>
      {step.confirmed && (
        <span class="muted">
          {settled} ·{" "}
          <Button class="link" aria-label={`${title}: take back`} onPress={() => confirm(step, false, onChanged)}>
            Take back
          </Button>
        </span>
      )}
    </li>
  );
}
