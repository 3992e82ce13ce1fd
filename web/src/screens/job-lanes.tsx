import { post, type Row } from "../api/client";
import { useData, useReload } from "../api/data";
import { useMay } from "../session";
import { Button } from "../ui/button";
import { Section } from "../ui/page";
import { Failed, Loading } from "../ui/states";
import { Mood } from "../ui/status";
import { Table } from "../ui/table";
import { When } from "../ui/text";
import { notify } from "../ui/toast";

type Lane = Row<"/admin/job-lanes">;
type Paused = Lane["paused"][number];

/** What runs in a lane, in a shopkeeper's words. */
export const lanes: Record<Lane["lane"], string> = {
  money: "Payments",
  parcels: "Labels and tracking",
  mail: "E-mail",
  webhooks: "Webhooks",
  pictures: "Pictures",
  upkeep: "Upkeep",
};

/** The party that jobs wait for, in words. */
export function partyName(party: string): string {
  const webhook = /^webhook-(\d+)$/.exec(party);
  if (webhook) return `Webhook ${webhook[1]}`;
  if (party.startsWith("notice-")) return "An address for notices";
  const known: Record<string, string> = {
    mail: "The mail server",
    stripe: "Stripe",
    sandbox: "The sandbox",
    easypost: "EasyPost",
  };
  return known[party] ?? party;
}

/** Ends a pause. */
export async function tryNow(party: string): Promise<void> {
  await post("/admin/job-parties/{party}/try", [party]);
  notify(`${partyName(party)} is tried now`);
}

/** Pauses and figures change without an event. */
const lookAgain = 5000;

/** The state of each lane, and the parties that do not answer. */
export function JobLanes() {
  const loaded = useData("/admin/job-lanes");
  useReload(loaded, lookAgain);
  const mayTry = useMay("staff");
  const data = loaded.data?.data;
  if (!data)
    return loaded.error !== undefined ? (
      <Failed error={loaded.error} again={() => void loaded.reload()} />
    ) : (
      <Loading rows={5} />
    );
  const paused = data.flatMap((lane) => lane.paused.map((each) => ({ ...each, lane: lane.lane })));
  return (
    <>
      {paused.length > 0 && (
        <Section title="Does not answer" class="flush">
          <Table
            caption="Who does not answer"
            rows={paused}
            keyOf={(each) => each.party}
            steps={false}
            columns={[
              {
                head: "Who",
                class: "wrap-anywhere",
                cell: (each: Paused & { lane: Lane["lane"] }) => (
                  <>
                    <b>{partyName(each.party)}</b>
                    <span class="second">{lanes[each.lane]}</span>
                  </>
                ),
              },
              { head: "Why", class: "wrap-anywhere", cell: (each) => each.reason },
              { head: "Waiting", end: true, from: "medium", cell: (each) => each.waiting },
              { head: "Since", end: true, from: "large", cell: (each) => <When at={each.since} ago /> },
              { head: "Paused until", end: true, cell: (each) => <When at={each.until} ago /> },
              {
                head: "Act",
                acts: true,
                end: true,
                cell: (each) =>
                  mayTry && (
                    <Button
                      class="link"
                      aria-label={`Try now: ${partyName(each.party)}`}
                      onPress={() => tryNow(each.party).finally(() => loaded.reload())}
                    >
                      Try now
                    </Button>
                  ),
              },
            ]}
          />
        </Section>
      )}
      <Section title="Areas" class="flush">
        <Table
          caption="Areas"
          rows={data}
          keyOf={(lane) => lane.lane}
          steps={false}
          columns={[
            { head: "Area", cell: (lane: Lane) => <b>{lanes[lane.lane]}</b> },
            { head: "Running", end: true, cell: (lane) => lane.running },
            { head: "Waiting", end: true, cell: (lane) => lane.waiting },
            {
              head: "State",
              end: true,
              from: "medium",
              cell: (lane) =>
                lane.paused.length > 0 ? <Mood tone="warn">Partly paused</Mood> : <Mood tone="good">Runs</Mood>,
            },
          ]}
        />
      </Section>
    </>
  );
}
