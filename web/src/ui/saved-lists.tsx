import { useState } from "preact/hooks";
import { post, remove } from "../api/client";
import { useData } from "../api/data";
import { go, href, usePlace } from "../router";
import { useMay } from "../session";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Checkbox, Form, TextField } from "./form";
import { notify } from "./toast";

/** The filters in the address, in one order, whatever order they were chosen in. */
function filtersOf(query: URLSearchParams): string {
  const filters = new URLSearchParams(query);
  filters.delete("cursor");
  filters.sort();
  return filters.toString();
}

/** Filters of a list under names: one's own, and those that others share. */
export function SavedLists({ list }: { list: "orders" | "payments" | "customers" | "inventory" }) {
  const { path, query } = usePlace();
  const isOwner = useMay("owner");
  const saved = useData("/admin/saved-lists", [], { query: { list } });
  const [saving, setSaving] = useState(false);
  const rows = saved.data?.data ?? [];
  const filters = filtersOf(query);
  const shown = rows.find((row) => filtersOf(new URLSearchParams(row.query)) === filters);
  if (rows.length === 0 && !filters) return null;
  return (
    <div class="saved-lists" role="group" aria-label="Saved lists">
      {rows.map((row) => (
        <a
          key={row.id}
          class="tag"
          href={href(`${path}?${row.query}`)}
          aria-current={row === shown ? "true" : undefined}
          {...(!row.own && { title: "Shared by somebody else" })}
        >
          {row.name}
        </a>
      ))}
      {filters && !shown && (
        <button type="button" class="link" onClick={() => setSaving(true)}>
          Save this list…
        </button>
      )}
      {shown && (shown.own || isOwner) && (
        <Button
          class="link"
          onPress={async () => {
            await remove("/admin/saved-lists/{id}", [shown.id]);
            notify(`The list ${shown.name} is not kept any more`, {
              action: {
                label: "Undo",
                run: () => {
                  const { name, query: kept, shared } = shown;
                  void post("/admin/saved-lists", [], { body: { list, name, query: kept, shared } }).then(saved.reload);
                },
              },
            });
            await saved.reload();
            go(path);
          }}
        >
          Forget this list
        </Button>
      )}
      {saving && (
        <Dialog title="Save this list" onClose={() => setSaving(false)}>
          <Form
            submit="Save"
            cancel={() => setSaving(false)}
            onSubmit={async (values) => {
              const body = { list, name: values.name!.trim(), query: filters, shared: values.shared === "on" };
              await post("/admin/saved-lists", [], { body });
              await saved.reload();
              setSaving(false);
            }}
          >
            <TextField name="name" label="Name" required maxLength={60} />
            <Checkbox name="shared" label="For all who work here" />
          </Form>
        </Dialog>
      )}
    </div>
  );
}
