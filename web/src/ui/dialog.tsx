import { render, type ComponentChildren, type VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "./icon";

/**
 * A modal window. The browser's own: it keeps the focus inside, closes on Escape and gives the focus back. Without
 * `onClose` it shows what is not shown again: no Escape closes it, only what stands in it.
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
  useEffect(() => {
    const dialog = element.current!;
    const before = document.activeElement as HTMLElement | null;
    dialog.showModal();
    // The first field, not the close button, is what one came for.
    dialog.querySelector<HTMLElement>("[data-first], form :is(input:not([type=hidden]), select, textarea)")?.focus({ preventScroll: true });
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
        // Before it is a wish to close: a second one in a row closes it, and a third one what is under it, whatever the
        // browser was told at the first.
        if (!onClose && event.key === "Escape") event.preventDefault();
      }}
      onClose={(event) => {
        const dialog = event.currentTarget;
        if (!dialog.isConnected || dialog.open) return;
        if (onClose) onClose();
        else dialog.showModal();
      }}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <header>
        <h2>{title}</h2>
        {onClose && (
          <button type="button" class="icon-button" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        )}
      </header>
      {children}
    </dialog>
  );
}

interface Question {
  title: string;
  text: ComponentChildren;
  /** What the button does, as a verb: "Cancel the order". */
  act: string;
  danger?: boolean;
}

function ask(question: Question, answer: (yes: boolean) => void) {
  return (
    <Dialog title={question.title} onClose={() => answer(false)}>
      <div class="dialog-body">{question.text}</div>
      <footer class="actions">
        <button type="button" onClick={() => answer(false)} data-first>
          Keep as it is
        </button>
        <button type="button" class={question.danger ? "primary danger" : "primary"} onClick={() => answer(true)}>
          {question.act}
        </button>
      </footer>
    </Dialog>
  );
}

/** Shows a dialog that is no part of a screen, until it says that it is done. */
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

/** Asks before what cannot be undone. */
export const confirmAct = (question: Question) => openDialog<boolean>((done) => ask(question, done));
