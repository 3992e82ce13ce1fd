import { useState } from "preact/hooks";
import { addressOf } from "../api/client";
import { Dialog } from "./dialog";
import { Checkbox, Form, SelectField } from "./form";

/** How CSV files are written, kept in this browser: spreadsheets differ by country. */
interface Style {
  semicolons: boolean;
  bom: boolean;
}
const key = "orderd-csv";

function styleNow(): Style {
  const words = (localStorage.getItem(key) ?? "").split(" ");
  return { semicolons: words.includes("semicolons"), bom: words.includes("bom") };
}

function keepStyle({ semicolons, bom }: Style): void {
  const words = [semicolons && "semicolons", bom && "bom"].filter(Boolean).join(" ");
  if (words) localStorage.setItem(key, words);
  else localStorage.removeItem(key);
}

/** A link that saves what a screen shows as a CSV file, and beside it how such files are written. */
export function ExportButton({ path, query = {} }: { path: string; query?: Record<string, string | undefined> }) {
  const [style, setStyle] = useState(styleNow);
  const [open, setOpen] = useState(false);
  const address = addressOf(path, [], {
    ...query,
    ...(style.semicolons && { separator: ";" }),
    ...(style.bom && { bom: true }),
  });
  return (
    <span class="joined">
      <a class="button" href={address} download>
        Export
      </a>
      <button type="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        CSV…
      </button>
      {open && (
        <Dialog title="How CSV files are written" onClose={() => setOpen(false)}>
          <Form
            submit="Use from now on"
            cancel={() => setOpen(false)}
            passing
            onSubmit={async (values) => {
              const chosen = { semicolons: values.separator === ";", bom: values.bom !== undefined };
              keepStyle(chosen);
              setStyle(chosen);
              setOpen(false);
            }}
          >
            <p class="muted">For all exports in this browser. An import reads each of them.</p>
            <SelectField
              name="separator"
              label="Between the fields"
              value={style.semicolons ? ";" : ","}
              options={[
                [",", "Commas; amounts as 19.99"],
                [";", "Semicolons; amounts as 19,99"],
              ]}
              hint="Spreadsheets expect semicolons where a comma begins the decimals, as in much of Europe."
            />
            <Checkbox
              name="bom"
              label="Begin with a byte order mark, by which Excel knows letters such as ä and ł"
              checked={style.bom}
            />
          </Form>
        </Dialog>
      )}
    </span>
  );
}
