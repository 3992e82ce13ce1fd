import { type ComponentChildren, createContext, render, type VNode } from "preact";
import { useContext, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "./icon";

type IsUnsaved = () => boolean;
const DialogForms = createContext<Set<IsUnsaved> | undefined>(undefined);

/** A form reports to its dialog whether it has unsaved input. */
export function useUnsavedInDialog(unsaved: IsUnsaved): void {
  const forms = useContext(DialogForms);
  const latest = useRef(unsaved);
  latest.current = unsaved;
  useLayoutEffect(() => {
    if (!forms) return;
    const ask = () => latest.current();
    forms.add(ask);
    return () => void forms.delete(ask);
  }, [forms]);
}

/**
 * A modal window. It is the browser's own: it keeps the focus inside, closes on Escape and restores the focus. If
 * something was typed, Escape and the cross ask first. Without `onClose` it shows something only once: Escape does not
 * close it, only its contents do.
 */
export function Dialog({
  title,
  children,
  onClose,
  wide = false,
}: {
  title: string;
  children: ComponentChildren;
  onClose?: () => void;
  wide?: boolean;
}) {
  const element = useRef<HTMLDialogElement>(null);
  const forms = useRef(new Set<IsUnsaved>()).current;
  const asking = useRef(false);
  const isUnsaved = () => [...forms].some((unsaved) => unsaved());
  const leave = async () => {
    if (!onClose || asking.current) return;
    if (isUnsaved()) {
      asking.current = true;
      const sure = await confirmAct({
        title: "Discard what you typed?",
        text: <p>It has not been saved.</p>,
        act: "Discard",
        keep: "Keep editing",
        danger: true,
      });
      asking.current = false;
      if (!sure || !element.current) return;
    }
    onClose();
  };
  // Before the next key comes: a scanner types on at once.
  useLayoutEffect(() => {
    const dialog = element.current!;
    const before = document.activeElement as HTMLElement | null;
    dialog.showModal();
    // Focus the first field, not the close button; unless another element asks for the focus.
    const first = ["[data-first]", "form :is(input:not([type=hidden], [readonly]), select, textarea)"];
    const wanted = first.map((which) => dialog.querySelector<HTMLElement>(which)).find(Boolean);
    wanted?.focus({ preventScroll: true });
    return () => {
      dialog.close();
      before?.focus?.();
    };
  }, []);
  return (
    <dialog
      ref={element}
      class={wide ? "wide" : ""}
      aria-label={title}
      onKeyDown={(event) => {
        // This comes before a close request: browsers close on the second Escape in a row, and the dialog
        // below on the third, whatever the first one was answered.
        if (event.key !== "Escape" || event.defaultPrevented || (onClose && !isUnsaved())) return;
        event.preventDefault();
        void leave();
      }}
      onClose={(event) => {
        const dialog = event.currentTarget;
        if (!dialog.isConnected || dialog.open) return;
        if (!onClose || isUnsaved()) dialog.showModal();
        void leave();
      }}
      onCancel={(event) => {
        event.preventDefault();
        void leave();
      }}
    >
      <header>
        <h2>{title}</h2>
        {onClose && (
          <button type="button" class="icon-button" aria-label="Close" onClick={() => void leave()}>
            <Icon name="close" />
          </button>
        )}
      </header>
      <DialogForms.Provider value={forms}>{children}</DialogForms.Provider>
    </dialog>
  );
}

interface Question {
  title: string;
  text: ComponentChildren;
  /** What the button does, as a verb: "Cancel the order". */
  act: string;
  /** What the other button does. */
  keep?: string;
  danger?: boolean;
}

function ask(question: Question, answer: (yes: boolean) => void) {
  return (
    <Dialog title={question.title} onClose={() => answer(false)}>
      <div class="dialog-body">{question.text}</div>
      <footer class="actions">
        <button type="button" onClick={() => answer(false)} data-first>
          {question.keep ?? "Keep as it is"}
        </button>
        <button type="button" class={question.danger ? "primary danger" : "primary"} onClick={() => answer(true)}>
          {question.act}
        </button>
      </footer>
    </Dialog>
  );
}

/** Shows a dialog that belongs to no screen, until it reports that it is done. */
export function openDialog<T>(build: (done: (result: T) => void) => VNode): Promise<T> {
  const host = document.body.appendChild(document.createElement("div"));
  return new Promise((resolve) => {
    const done = (result: T) => {
      render(null, host);
      host.remove();
      resolve(result);
    };
    render(build(done), host);
  });
}

/** Asks before an act that cannot be undone. */
export const confirmAct = (question: Question) => openDialog<boolean>((done) => ask(question, done));
