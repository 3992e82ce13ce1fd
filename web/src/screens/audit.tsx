import { useState } from "preact/hooks";
import type { Row } from "../api/client";
import { exactTime } from "../text/time";
import { Dialog } from "../ui/dialog";
import { Choice, List, Search, useFilters } from "../ui/list";
import { Page } from "../ui/page";
import { Empty } from "../ui/states";
import { When } from "../ui/text";

type Entry = Row<"/admin/audit">;

const shown = (value: unknown) =>
  value === null || value === undefined || value === "" ? "nothing" : JSON.stringify(value, null, 2);

export default function Audit() {
  const [open, setOpen] = useState<Entry | undefined>();
  const filters = useFilters(["actor", "subject", "subject_id"] as const);
  return (
    <Page title="Audit log">
      <p class="muted lead">
        Who did what, from where. Entries are chained, so none can be changed or removed unnoticed.
      </p>
      <List
        path="/admin/audit"
        query={filters}
        filtered={Object.values(filters).some(Boolean)}
        toolbar={
          <>
            <Search name="actor" label="Username, whole" />
            <Choice
              name="subject"
              label="On what"
              options={[
                ["", "Everything"],
                ["order", "Orders"],
                ["payment", "Payments"],
                ["shipment", "Parcels"],
                ["product", "Products"],
                ["customer", "Customers"],
                ["admin", "Users"],
                ["api_key", "API keys"],
                ["setting", "Settings"],
                ["job", "Jobs"],
              ]}
            />
          </>
        }
        caption="Audit entries, newest first"
        keyOf={(entry: Entry) => entry.id}
        empty={<Empty title="Nothing yet" />}
        columns={[
          { head: "When", cell: (entry: Entry) => <When at={entry.at} /> },
          {
            head: "Who",
            class: "wrap-anywhere",
            cell: (entry: Entry) => <b>{entry.actor.name || entry.actor.kind.replaceAll("_", " ")}</b>,
          },
          {
            head: "What",
            cell: (entry: Entry) => (
              <button type="button" class="link" onClick={() => setOpen(entry)}>
                {entry.action.replace(".", " ").replaceAll("_", " ")}
              </button>
            ),
          },
          { head: "On", from: "medium", cell: (entry: Entry) => `${entry.subject} ${entry.subject_id || ""}` },
          { head: "From", from: "large", cell: (entry: Entry) => entry.address },
        ]}
      />
      {open && (
        <Dialog title={open.action.replace(".", " ").replaceAll("_", " ")} onClose={() => setOpen(undefined)} wide>
          <div class="dialog-body">
            <p>
              {open.actor.name || open.actor.kind}, {exactTime(open.at)}
              {open.address && `, from ${open.address}`}
            </p>
            <h3>Before</h3>
            <pre>{shown(open.before)}</pre>
            <h3>After</h3>
            <pre>{shown(open.after)}</pre>
          </div>
        </Dialog>
      )}
    </Page>
  );
}
