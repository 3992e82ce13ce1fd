import type { ComponentChildren } from "preact";
import { Icon } from "./icon";
import { notify } from "./toast";

/** The contents of a dialog that shows a secret once; `children` say what it is for. */
export function Secret({ secret, children, done }: { secret: string; children: ComponentChildren; done: () => void }) {
  // Browsers allow the clipboard only on HTTPS pages and on this machine.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  return (
    <>
      <div class="dialog-body">
        {children}
        <p class="secret">
          <code>{secret}</code>
          {clipboard && (
            <button
              type="button"
              data-first
              onClick={() => void clipboard.writeText(secret).then(() => notify("Copied"))}
            >
              <Icon name="copy" /> Copy
            </button>
          )}
        </p>
      </div>
      <footer class="actions">
        <button type="button" class="primary" onClick={done}>
          I have it
        </button>
      </footer>
    </>
  );
}
