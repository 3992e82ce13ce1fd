import { newKey, post, remove } from "../api/client";
import { go } from "../router";
import { Button } from "../ui/button";
import { confirmAct } from "../ui/dialog";
import { notify } from "../ui/toast";
import type { Order } from "./order";

/** What can be done with a draft: it is placed, or deleted. */
export function DraftActs({ order, onChanged }: { order: Order; onChanged: (order: Order) => void }) {
  const { id, version } = order;
  const place = async () => {
    onChanged(await post("/admin/orders/{id}/place", [id], { body: {}, version, idempotencyKey: newKey() }));
    notify(`Order ${id} is placed`);
  };
  const drop = async () => {
    const sure = await confirmAct({
      title: `Delete draft ${id}?`,
      text: <p>It held no stock, and nobody was told of it.</p>,
      act: "Delete the draft",
      danger: true,
    });
    if (!sure) return;
    await remove("/admin/orders/{id}", [id], { version });
    notify(`Draft ${id} is deleted`);
    go("/orders?status=draft");
  };
  return (
    <>
      <Button class="primary" onPress={place}>
        Place order
      </Button>
      <Button onPress={drop}>Delete draft…</Button>
    </>
  );
}
