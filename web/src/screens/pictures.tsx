import { useRef, useState } from "preact/hooks";
import { explain, get, Problem, put, remove } from "../api/client";
import { useMay } from "../session";
import { Button } from "../ui/button";
import { confirmAct } from "../ui/dialog";
import { isFocusLost } from "../ui/focus";
import { Icon } from "../ui/icon";
import { InPlace } from "../ui/in-place";
import { Section } from "../ui/page";
import { type Picture, smallest } from "../ui/thumb";
import { notify } from "../ui/toast";
import { PictureUpload } from "./picture-upload";

/** What has pictures: a product, or a product with options. */
interface Pictured {
  id: number;
  version: number;
  name: string;
  pictures: Picture[];
}

const paths = {
  product: { of: "/admin/inventory/{id}", pictures: "/admin/inventory/{id}/pictures" },
  group: { of: "/admin/product-groups/{id}", pictures: "/admin/product-groups/{id}/pictures" },
} as const;
type Kind = keyof typeof paths;

const labelOf = (picture: Picture, at: number) => picture.alt || `Picture ${at + 1}`;

/** The pictures of a product or a group, in their order: added, arranged, described and removed here. */
export function Pictures({ kind, of, onDone }: { kind: Kind; of: Pictured; onDone: () => Promise<void> }) {
  const mayChange = useMay("staff");
  const { pictures } = of;
  return (
    <Section title="Pictures">
      <div class="pad picture-parts">
        {pictures.length > 0 ? (
          <Arranged kind={kind} of={of} onDone={onDone} mayChange={mayChange} />
        ) : (
          !mayChange && <p class="muted">No pictures yet.</p>
        )}
        {mayChange && <PictureUpload path={paths[kind].pictures} id={of.id} onDone={onDone} />}
      </div>
    </Section>
  );
}

/**
 * Sends a change of the pictures that were shown. A sale makes a new version too, but changes no picture: then the
 * change is sent again.
 */
async function changeOf(kind: Kind, shown: Pictured, send: (version: number) => Promise<unknown>): Promise<void> {
  try {
    await send(shown.version);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 412) throw error;
    const now: Pictured = await get(paths[kind].of, [shown.id]);
    if (JSON.stringify(now.pictures) !== JSON.stringify(shown.pictures)) throw error;
    await send(now.version);
  }
}

function Arranged({
  kind,
  of,
  onDone,
  mayChange,
}: {
  kind: Kind;
  of: Pictured;
  onDone: () => Promise<void>;
  mayChange: boolean;
}) {
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<number | undefined>();
  const [target, setTarget] = useState<number | undefined>();
  const { pictures } = of;

  const change = async (send: (version: number) => Promise<unknown>) => {
    try {
      await changeOf(kind, of, send);
    } finally {
      await onDone();
    }
  };
  const arrange = (order: { id: number; alt?: string }[]) =>
    change((version) => put(paths[kind].pictures, [of.id], { body: { pictures: order }, version }));
  const move = async (from: number, to: number) => {
    const order = pictures.map(({ id }) => ({ id }));
    order.splice(to, 0, ...order.splice(from, 1));
    await arrange(order);
  };
  /** At an end its button is disabled: the other one gets the focus. */
  const moveByKey = async (at: number, by: number) => {
    await move(at, at + by);
    requestAnimationFrame(() => {
      if (!isFocusLost()) return;
      list.current?.querySelector<HTMLElement>(`[data-id="${pictures[at]!.id}"] .row-buttons button:enabled`)?.focus();
    });
  };
  const describe = (picture: Picture, alt: string) =>
    arrange(pictures.map(({ id }) => (id === picture.id ? { id, alt } : { id })));
  const drop = async (picture: Picture, at: number) => {
    const sure = await confirmAct({
      title: `Remove ${labelOf(picture, at)}?`,
      text: <p>It is removed from {of.name} for good.</p>,
      act: "Remove",
      danger: true,
    });
    if (!sure) return;
    await change((version) => remove(`${paths[kind].pictures}/{picture_id}`, [of.id, picture.id], { version }));
  };
  const endDrag = () => {
    setDragged(undefined);
    setTarget(undefined);
  };

  return (
    <ol class="pictures" aria-label={`Pictures of ${of.name}`} ref={list}>
      {pictures.map((picture, at) => (
        <li
          key={picture.id}
          data-id={picture.id}
          class={`picture ${at === dragged ? "dragged" : at === target ? "target" : ""}`}
          onDragStart={(event) => {
            // Text of an open field can be dragged too.
            if (!(event.target instanceof HTMLDivElement)) return;
            event.dataTransfer?.setData("text/plain", picture.alt);
            setDragged(at);
          }}
          onDragEnd={endDrag}
          onDragOver={(event) => {
            if (dragged === undefined) return;
            event.preventDefault();
            setTarget(at);
          }}
          onDrop={(event) => {
            if (dragged === undefined) return;
            event.preventDefault();
            endDrag();
            if (dragged !== at) move(dragged, at).catch((error: unknown) => notify(explain(error), { kind: "bad" }));
          }}
        >
          <div class="shown" draggable={mayChange}>
            <img
              src={smallest(picture).url}
              width={smallest(picture).width}
              height={smallest(picture).height}
              alt={picture.alt}
              draggable={false}
            />
          </div>
          {/* Where it is plain text, screen readers have it from the image. */}
          <span class="text" aria-hidden={mayChange ? undefined : true}>
            <InPlace
              may={mayChange}
              label={`Text of picture ${at + 1}`}
              shown={picture.alt || (mayChange ? "Say what is to be seen" : "")}
              value={picture.alt}
              text
              onSave={(text) => describe(picture, text)}
            />
          </span>
          {mayChange && (
            <span class="row-buttons">
              <span>
                <Button
                  class="icon-button"
                  aria-label={`Picture ${at + 1}: earlier`}
                  disabled={at === 0}
                  onPress={() => moveByKey(at, -1)}
                >
                  <Icon name="back" />
                </Button>
                <Button
                  class="icon-button"
                  aria-label={`Picture ${at + 1}: later`}
                  disabled={at === pictures.length - 1}
                  onPress={() => moveByKey(at, 1)}
                >
                  <Icon name="on" />
                </Button>
              </span>
              <Button class="link danger" aria-label={`Remove picture ${at + 1}…`} onPress={() => drop(picture, at)}>
                Remove…
              </Button>
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
