import { Icon } from "./icon";
import { notify } from "./toast";

/** Copies a text. Browsers allow that only on HTTPS pages and on this machine: elsewhere there is no button. */
export function Copy({ text, label, ...rest }: { text: string; label?: string; "data-first"?: boolean }) {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (!clipboard) return null;
  return (
    <button
      type="button"
      aria-label={label}
      {...rest}
      onClick={() => void clipboard.writeText(text).then(() => notify("Copied"))}
    >
      <Icon name="copy" /> Copy
    </button>
  );
}
