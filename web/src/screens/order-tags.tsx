import { useId, useState } from "preact/hooks";
import { explain, post } from "../api/client";
import { useData } from "../api/data";
import { href } from "../router";
import { useMay } from "../session";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { notify } from "../ui/toast";
import type { Order } from "./order";

/** The server's bound. */
const mostLetters = 40;

/** The tags of a row in a list. */
export function TagsOf({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return null;
  return (
    <span class="tags">
      {tags.map((tag) => (
        <span key={tag} class="tag">
          {tag}
        </span>
      ))}
    </span>
  );
}

/** An order's tags: links to the list of others with the same, added and taken away in place. */
export function Tags({ order, onChanged }: { order: Order; onChanged: () => void }) {
  const mayChange = useMay("staff");
  const change = async (body: { add?: string[]; remove?: string[] }) => {
    await post("/admin/orders/{id}/tags", [order.id], { body });
    onChanged();
  };
  if (order.tags.length === 0 && !mayChange) return null;
  return (
    <div class="tags order-tags staff-only" role="group" aria-label="Tags">
      {order.tags.map((tag) => (
        <span key={tag} class="tag">
          <a href={href(`/orders?tag=${encodeURIComponent(tag)}`)}>{tag}</a>
          {mayChange && (
            <Button
              class="icon-button"
              aria-label={`Remove tag ${tag}`}
              onPress={() =>
                change({ remove: [tag] }).then(() =>
                  notify(`Tag ${tag} removed`, { action: { label: "Undo", run: () => void change({ add: [tag] }) } }),
                )
              }
            >
              <Icon name="close" />
            </Button>
          )}
        </span>
      ))}
      {mayChange && <NewTag onAdd={(tag) => change({ add: [tag] })} />}
    </div>
  );
}

/** A field that suggests the tags in use, and adds one with Enter. */
function NewTag({ onAdd }: { onAdd: (tag: string) => Promise<void> }) {
  const id = useId();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [wanted, setWanted] = useState(false);
  const suggested = useData(wanted ? "/admin/order-tags" : undefined, [], { live: ["order.tags_changed"] });
  const add = async () => {
    const tag = text.trim();
    if (!tag || busy) return;
    setBusy(true);
    setText(""); // the next one can be typed meanwhile
    try {
      await onAdd(tag);
    } catch (error) {
      setText((typed) => typed || tag);
      notify(explain(error), { kind: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="new-tag"
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <input
        aria-label="Add a tag"
        placeholder="Add a tag"
        list={id}
        maxLength={mostLetters}
        autoCapitalize="none"
        autoComplete="off"
        value={text}
        onFocus={() => setWanted(true)}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <datalist id={id}>
        {suggested.data?.data.map(({ tag }) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      {text.trim() && (
        <button type="submit" disabled={busy}>
          Add
        </button>
      )}
    </form>
  );
}
