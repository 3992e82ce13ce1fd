import { post, type Row, remove } from "../api/client";
import { useMay } from "../session";
import { Button } from "../ui/button";
import { confirmAct } from "../ui/dialog";
import { Choice, List, Tabs, useFilters } from "../ui/list";
import { Page } from "../ui/page";
import { Empty } from "../ui/states";
import { Status } from "../ui/status";
import { When } from "../ui/text";
import { notify } from "../ui/toast";
import { JobLanes, lanes, partyName } from "./job-lanes";

type Job = Row<"/admin/jobs">;

/** What a kind of job does, in a shopkeeper's words. */
const kinds: Record<string, string> = {
  "order.expire": "Release the stock of unpaid orders",
  "alert.notify": "Tell of low stock",
  "payment.charge": "Charge a payment",
  "payment.look_up": "Ask how a charge stands",
  "payment.return": "Give a second charge back",
  "payment.look_after": "Look after payments under way",
  "payment.reconcile": "Compare payments with the gateway",
  "payment.compare": "Compare a payment with the gateway",
  "payment.capture": "Capture a payment",
  "payment.void": "Void a payment",
  "payment.settle": "Give a cancelled order's money back",
  "payment.refund": "Refund a payment",
  "shipment.label": "Get a label",
  "shipment.leave": "Mark a parcel as shipped",
  "shipment.void": "Give a label back",
  "shipment.void_all": "Void a cancelled order's labels",
  "shipment.follow": "Ask where parcels are",
  "webhook.deliver": "Deliver a webhook",
  "mail.send": "Send an e-mail",
  "notice.mail": "Tell somebody who works here, by e-mail",
  "notice.post": "Tell somebody who works here, by an address",
  backup: "Back up",
  tidy: "Remove what is too old",
};

async function discard(job: Job): Promise<void> {
  const sure = await confirmAct({
    title: "Discard this task?",
    text: (
      <p>What it was to do is not done: {(kinds[job.kind] ?? job.kind).toLowerCase()}. It cannot be brought back.</p>
    ),
    act: "Discard",
    danger: true,
  });
  if (!sure) return;
  await remove("/admin/jobs/{id}", [job.id]);
  notify("Discarded");
}

export default function Jobs() {
  const { status, lane } = useFilters(["status", "lane"] as const);
  const mayRetry = useMay("staff");
  return (
    <Page title="Background work">
      <p class="muted lead">
        The shop charges cards, gets labels and sends e-mails in the background. It tries again what fails. What fails
        too often stays in this list until you look at it.
      </p>
      <JobLanes />
      <List
        path="/admin/jobs"
        query={{ status, lane }}
        filtered={status !== "" || lane !== ""}
        live={["job."]}
        caption="Tasks"
        keyOf={(job: Job) => job.id}
        empty={<Empty title="Nothing to do">Every task is done.</Empty>}
        toolbar={
          <>
            <Tabs
              label="Which tasks"
              options={[
                ["", "All"],
                ["status=dead", "Given up"],
                ["status=ready", "Waiting"],
                ["status=running", "Running"],
              ]}
            />
            <Choice name="lane" label="Area" options={[["", "All areas"], ...Object.entries(lanes)]} />
          </>
        }
        columns={[
          {
            head: "Task",
            class: "wrap-anywhere",
            cell: (job: Job) => (
              <>
                <b>{kinds[job.kind] ?? job.kind}</b>
                <span class="second">
                  {job.kind} · {job.id}
                </span>
              </>
            ),
          },
          {
            head: "State",
            cell: (job: Job) => (
              <>
                <Status kind="job" value={job.status} />
                {job.paused_until && job.party && (
                  <span class="second">
                    {partyName(job.party)} does not answer; paused until <When at={job.paused_until} ago />
                  </span>
                )}
              </>
            ),
          },
          { head: "Lane", from: "large", cell: (job: Job) => lanes[job.lane] },
          { head: "Tries", end: true, from: "medium", cell: (job: Job) => `${job.attempts} of ${job.max_attempts}` },
          {
            head: "Last fault",
            from: "medium",
            class: "wrap-anywhere",
            cell: (job: Job) => job.last_error || <span class="muted">none</span>,
          },
          {
            head: "Next try",
            end: true,
            from: "large",
            cell: (job: Job) => (job.status === "dead" ? "" : <When at={job.run_at} ago />),
          },
          {
            head: "Act",
            acts: true,
            end: true,
            cell: (job: Job) =>
              mayRetry && job.status === "dead" ? (
                <>
                  <Button
                    class="link"
                    onPress={async () => {
                      await post("/admin/jobs/{id}/retry", [job.id]);
                      notify("It is tried again now");
                    }}
                  >
                    Try again
                  </Button>{" "}
                  <Button class="link danger" onPress={() => discard(job)}>
                    Discard…
                  </Button>
                </>
              ) : null,
          },
        ]}
      />
    </Page>
  );
}
