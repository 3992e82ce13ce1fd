import { explain, get, put, remove } from "../api/client";
import { useData } from "../api/data";
import type { ScreenProps } from "../app";
import { go } from "../router";
import { useSession } from "../session";
import { addressText } from "../ui/address";
import { Button } from "../ui/button";
import { confirmAct } from "../ui/dialog";
import { saveEdit, useOpened } from "../ui/edit";
import { Page } from "../ui/page";
import { Failed, Loading } from "../ui/states";
import { notify } from "../ui/toast";
import { MethodForm } from "./delivery-form";
import { kindWords, type Method, type NewMethod, zonesText } from "./delivery-text";

type Edit = Required<NewMethod>;

const labels: Record<keyof Edit, string> = {
  name: "Name",
  names: "Names in other languages",
  kind: "Kind",
  days: "Days",
  tax_class: "Tax",
  active: "Offered",
  zones: "Zones",
  pickup: "Where orders are picked up",
  note: "What customers should know",
};

const fieldsOf = ({ name, names, kind, days, tax_class, active, zones, pickup, note }: Method): Edit => ({
  name,
  names,
  kind,
  days,
  tax_class,
  active,
  zones,
  pickup,
  note,
});

export default function DeliveryMethod({ values }: ScreenProps) {
  const id = Number(values.id);
  const method = useData("/admin/delivery-methods/{id}", [id]);
  const back = { to: "/delivery", label: "Delivery" };
  if (!method.data)
    return (
      <Page title="Delivery method" back={back}>
        {method.error !== undefined ? (
          <Failed error={method.error} again={() => void method.reload()} />
        ) : (
          <Loading rows={8} />
        )}
      </Page>
    );
  return <Opened method={method.data} back={back} />;
}

function Opened({ method, back }: { method: Method; back: { to: string; label: string } }) {
  const { currency } = useSession().shop;
  const opened = useOpened(method);
  const id = opened.id;
  const show = (field: keyof Edit, value: unknown): string => {
    if (field === "zones")
      return zonesText({ kind: opened.kind, zones: value as Method["zones"] }, currency).join("; ");
    if (field === "kind") return kindWords[value as Method["kind"]];
    if (field === "active") return value ? "yes" : "no";
    if (field === "names") return Object.values(value as object).join(", ") || "none";
    if (field === "pickup" && value) return addressText((value as NonNullable<Method["pickup"]>).address);
    return String(value || "nothing").replaceAll("_", " ");
  };
  const drop = async () => {
    const sure = await confirmAct({
      title: `Delete ${opened.name}?`,
      text: <p>Orders keep it as it was. To pause it, edit it, and do not offer it.</p>,
      act: "Delete",
      danger: true,
    });
    if (!sure) return;
    try {
      await remove("/admin/delivery-methods/{id}", [id], { version: opened.version });
      notify(`${opened.name} is deleted`);
      go("/delivery");
    } catch (error) {
      notify(explain(error), { kind: "bad" });
    }
  };
  return (
    <Page title={opened.name} back={back} actions={<Button onPress={drop}>Delete…</Button>}>
      <div class="panel narrow">
        <MethodForm
          method={opened}
          submit="Save"
          onSubmit={async (wanted) => {
            const saved = await saveEdit<Method, Edit>(opened, wanted, {
              load: () => get("/admin/delivery-methods/{id}", [id]),
              save: (edit, version) => put("/admin/delivery-methods/{id}", [id], { body: edit, version }),
              fields: fieldsOf,
              labels,
              show,
            });
            if (saved) notify(`${saved.name} is saved`);
            go("/delivery");
          }}
        />
      </div>
    </Page>
  );
}
