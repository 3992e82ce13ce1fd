import { useState } from "preact/hooks";
import { explain, newKey, post, put, type Row, remove } from "../api/client";
import { useData } from "../api/data";
import { href } from "../router";
import { useMay } from "../session";
import { Button } from "../ui/button";
import { confirmAct, Dialog } from "../ui/dialog";
import { Form, TextField } from "../ui/form";
import { Page, Section } from "../ui/page";
import { Empty, Failed, Loading } from "../ui/states";
import { Table } from "../ui/table";
import { notify } from "../ui/toast";

type Collection = Row<"/admin/collections">;

/** The shop's collections, in the order in which customers see them. */
export default function Collections() {
  const mayChange = useMay("staff");
  const list = useData("/admin/collections", [], { live: ["collection.", "product."], whole: true });
  const collections = list.data?.data;
  const [open, setOpen] = useState<Collection | "new" | undefined>();
  const move = async (collection: Collection, position: number) => {
    try {
      await put("/admin/collections/{id}", [collection.id], { body: { position }, version: collection.version });
    } catch (error) {
      notify(explain(error), { kind: "bad" });
    }
    await list.reload();
  };
  const drop = async (collection: Collection) => {
    const sure = await confirmAct({
      title: `Delete ${collection.name}?`,
      text: <p>Its products stay in the shop, and in their other collections.</p>,
      act: "Delete",
      danger: true,
    });
    if (!sure) return;
    try {
      await remove("/admin/collections/{id}", [collection.id], { version: collection.version });
      notify(`${collection.name} is deleted`);
    } catch (error) {
      notify(explain(error), { kind: "bad" });
    }
    await list.reload();
  };
  return (
    <Page
      title="Collections"
      actions={
        mayChange && (
          <button type="button" class="primary" onClick={() => setOpen("new")}>
            Add a collection
          </button>
        )
      }
    >
      <p class="muted lead">
        Products that customers find together. Put products in a collection in the inventory: choose their rows, then
        Edit.
      </p>
      {!collections ? (
        list.error !== undefined ? (
          <Failed error={list.error} again={() => void list.reload()} />
        ) : (
          <Loading rows={4} />
        )
      ) : collections.length === 0 ? (
        <Empty title="No collections yet">Customers then see all products in one list.</Empty>
      ) : (
        <Section title="Collections, as customers see them" class="flush">
          <Table
            caption="Collections"
            steps={false}
            rows={collections}
            keyOf={(collection: Collection) => collection.id}
            columns={[
              {
                head: "Collection",
                class: "wrap-anywhere",
                cell: (collection: Collection) => (
                  <>
                    {mayChange ? (
                      <button type="button" class="link" onClick={() => setOpen(collection)}>
                        {collection.name}
                      </button>
                    ) : (
                      collection.name
                    )}
                    <span class="second">{collection.handle}</span>
                  </>
                ),
              },
              {
                head: "Products",
                end: true,
                cell: (collection: Collection) => (
                  <a
                    href={href(`/inventory?collection=${collection.id}&view=all`)}
                    aria-label={`${collection.products} products of ${collection.name}`}
                  >
                    {collection.products}
                  </a>
                ),
              },
              ...(mayChange
                ? [
                    {
                      head: "Act",
                      acts: true,
                      end: true,
                      cell: (collection: Collection) => {
                        const at = collections.indexOf(collection) + 1;
                        return (
                          <>
                            <Button
                              class="link"
                              disabled={at === 1}
                              aria-label={`Move up: ${collection.name}`}
                              onPress={() => move(collection, at - 1)}
                            >
                              Up
                            </Button>{" "}
                            <Button
                              class="link"
                              disabled={at === collections.length}
                              aria-label={`Move down: ${collection.name}`}
                              onPress={() => move(collection, at + 1)}
                            >
                              Down
                            </Button>{" "}
                            <Button
                              class="link"
                              aria-label={`Delete ${collection.name}`}
                              onPress={() => drop(collection)}
                            >
                              Delete…
                            </Button>
                          </>
                        );
                      },
                    },
                  ]
                : []),
            ]}
          />
        </Section>
      )}
      {open && (
        <Edit
          collection={open === "new" ? undefined : open}
          onClose={() => setOpen(undefined)}
          onDone={async () => {
            await list.reload();
            setOpen(undefined);
          }}
        />
      )}
    </Page>
  );
}

function Edit({
  collection,
  onClose,
  onDone,
}: {
  collection: Collection | undefined;
  onClose: () => void;
  onDone: () => Promise<void>;
}) {
  return (
    <Dialog title={collection ? `Edit ${collection.name}` : "Add a collection"} onClose={onClose}>
      <Form
        submit={collection ? "Save" : "Add"}
        cancel={onClose}
        onSubmit={async (values) => {
          const body = { name: values.name!.trim(), ...(values.handle!.trim() && { handle: values.handle!.trim() }) };
          const saved = collection
            ? await put("/admin/collections/{id}", [collection.id], { body, version: collection.version })
            : await post("/admin/collections", [], { body, idempotencyKey: newKey() });
          notify(`${saved.name} is saved`);
          await onDone();
        }}
      >
        <TextField name="name" label="Name" required maxLength={100} value={collection?.name ?? ""} />
        <TextField
          name="handle"
          label="Handle"
          optional
          maxLength={100}
          value={collection?.handle ?? ""}
          hint="In the address of its page. Empty: made of the name."
        />
      </Form>
    </Dialog>
  );
}
