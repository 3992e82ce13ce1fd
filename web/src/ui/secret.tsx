import type { ComponentChildren } from "preact";
import { Icon } from "./icon";
import { notify } from "./toast";

/** What a dialog holds that shows a secret, this once; `children` say what it is for. */
export function Secret({ secret, children, done }: { secret: string; children: ComponentChildren; done: () => void }) {
  // Browsers give the clipboard to pages of this machine and of HTTPS alone.
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
