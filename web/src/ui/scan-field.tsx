import { useState } from "preact/hooks";
import { useScanned } from "./scanning";

/**
 * A field that a scanner types into: it ends what it reads with Enter. It keeps the focus after each code, so that the next
 * one can be scanned at once.
 */
export function ScanField({ label, onScan }: { label: string; onScan: (code: string) => Promise<void> | void }) {
  const box = useScanned();
  const [busy, setBusy] = useState(false);
  return (
    <form
      class="scan"
      aria-busy={busy}
      onSubmit={async (event) => {
        event.preventDefault();
        const field = box.current!;
        const code = field.value.trim();
        field.value = "";
        if (code === "") return;
        setBusy(true);
        try {
          await onScan(code);
        } finally {
          setBusy(false);
          field.focus();
        }
      }}
    >
      <label>
        <span>{label}</span>
        <input ref={box} type="text" autoComplete="off" autoCapitalize="off" spellcheck={false} enterKeyHint="go" />
      </label>
    </form>
  );
}

/** Whether a code is a product's: its SKU or its barcode, a UPC with or without the 0 before it. */
export function isCodeOf(code: string, { sku, barcode }: { sku: string; barcode: string }): boolean {
  const plain = (text: string) => (/^0\d{12}$/.test(text) ? text.slice(1) : text).toLowerCase();
  return plain(code) === plain(sku) || (barcode !== "" && plain(code) === plain(barcode));
}
