import type { ComponentChildren } from "preact";
import { Copy } from "./copy";

/** The contents of a dialog that shows a secret once; `children` say what it is for. */
export function Secret({ secret, children, done }: { secret: string; children: ComponentChildren; done: () => void }) {
  return (
    <>
      <div class="dialog-body">
        {children}
        <p class="secret">
          <code>{secret}</code>
          <Copy text={secret} data-first />
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
