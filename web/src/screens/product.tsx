import { useState } from "preact/hooks";
import { explain, put, remove } from "../api/client";
import { useData } from "../api/data";
import type { ScreenProps } from "../app";
import { go } from "../router";
import { useMay, useSession } from "../session";
import { isCounted } from "../text/stock";
import { Button } from "../ui/button";
import { confirmAct, Dialog } from "../ui/dialog";
import { saveEdit, useOpened } from "../ui/edit";
import { Form } from "../ui/form";
import { Page } from "../ui/page";
import { Failed, Loading } from "../ui/states";
import { Status } from "../ui/status";
import { notify } from "../ui/toast";
import { type Product, productEditing } from "./inventory-edit";
import { Pictures } from "./pictures";
import { Facts } from "./product-facts";
import { ProductFields, productOf } from "./product-form";
import { Adjust, Holds, Movements, Stock } from "./product-stock";

export default function ProductPage({ values }: ScreenProps) {
  const id = Number(values.id);
  const product = useData("/admin/inventory/{id}", [id], {
    live: ["product.", "product_group.", "stock.", "order.", "shipment.", "import.", "collection."],
  });
  const [open, setOpen] = useState<"edit" | "adjust" | undefined>();
  const mayChange = useMay("staff");
  const back = { to: "/inventory", label: "Inventory" };
  const data = product.data;
  if (!data)
    return (
      <Page title={`Product ${id}`} back={back}>
        {product.error !== undefined ? (
          <Failed error={product.error} again={() => void product.reload()} />
        ) : (
          <Loading rows={10} />
        )}
      </Page>
    );

  const close = () => setOpen(undefined);
  const setStatus = async (status: "active" | "archived") => {
    try {
      const saved = await put("/admin/inventory/{id}", [id], { body: { status }, version: data.version });
      await product.reload();
      notify(status === "archived" ? "Off sale, and archived" : "On sale again", {
        action: {
          label: "Undo",
          run: () =>
            void put("/admin/inventory/{id}", [id], { body: { status: data.status }, version: saved.version }).then(
              product.reload,
              (error: unknown) => notify(explain(error), { kind: "bad" }),
            ),
        },
      });
    } catch (error) {
      notify(explain(error), { kind: "bad" });
      await product.reload();
    }
  };
  const drop = async () => {
    const sure = await confirmAct({
      title: `Remove ${data.name}?`,
      text: (
        <p>
          Where it has been ordered it is archived, so that its orders keep what they point at; else it is deleted for
          good.
        </p>
      ),
      act: "Remove",
      danger: true,
    });
    if (!sure) return;
    try {
      await remove("/admin/inventory/{id}", [id], { version: data.version });
      notify(`${data.name} is removed`);
      go("/inventory");
    } catch (error) {
      notify(explain(error), { kind: "bad" });
      await product.reload();
    }
  };

  return (
    <Page
      title={data.name}
      back={back}
      heading={
        <>
          {data.name} <Status kind="product" value={data.status} />
        </>
      }
      actions={
        mayChange && (
          <>
            {isCounted(data) && (
              <button type="button" class="primary" onClick={() => setOpen("adjust")}>
                Adjust stock…
              </button>
            )}
            <button type="button" onClick={() => setOpen("edit")}>
              Edit…
            </button>
            {data.status !== "archived" ? (
              <Button onPress={() => setStatus("archived")}>Archive</Button>
            ) : (
              <Button onPress={() => setStatus("active")}>Put on sale</Button>
            )}
            <Button onPress={drop}>Remove…</Button>
          </>
        )
      }
    >
      <div class="columns">
        <div class="stack">
          <Stock product={data} />
          {data.holds.length > 0 && <Holds product={data} />}
          <Pictures kind="product" of={data} onDone={product.reload} />
          <Movements product={data} />
        </div>
        <Facts product={data} />
      </div>
      {open === "edit" && <Edit product={data} onClose={close} onDone={product.reload} />}
      {open === "adjust" && <Adjust product={data} onClose={close} onDone={product.reload} />}
    </Page>
  );
}

function Edit({ product, onClose, onDone }: { product: Product; onClose: () => void; onDone: () => Promise<void> }) {
  const opened = useOpened(product);
  const { currency } = useSession().shop;
  return (
    <Dialog title={`Edit ${opened.name}`} onClose={onClose} wide>
      <Form
        submit="Save"
        cancel={onClose}
        onSubmit={async (fields) => {
          const saved = await saveEdit(opened, productOf(fields, currency), productEditing(opened.id, currency));
          if (saved) notify(`${saved.name} saved`);
          await onDone();
          onClose();
        }}
      >
        <ProductFields product={opened} />
      </Form>
    </Dialog>
  );
}
