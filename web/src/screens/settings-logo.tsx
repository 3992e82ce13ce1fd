import { useRef, useState } from "preact/hooks";
import { sendFile, uploadOf } from "../api/upload";
import { useSession } from "../session";
import { Button } from "../ui/button";
import { pictureTypes } from "./picture-upload";

/** The shop's logo. A file is sent at once, so that it can be looked at; it is shown to customers once the form is saved. */
export function LogoField({ logo }: { logo: string | null }) {
  const { shop } = useSession();
  const [hash, setHash] = useState(logo);
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<File | undefined>();
  const send = async () => {
    if (!chosen) return;
    setHash((JSON.parse(await sendFile("/admin/logos", [], uploadOf(chosen), () => {})) as { hash: string }).hash);
    setChosen(undefined);
    if (input.current) input.current.value = "";
  };
  return (
    <fieldset class="logo">
      <legend>Logo</legend>
      <input type="hidden" name="logo" value={hash ?? ""} />
      {hash ? (
        <p>
          <img src={`/logo/${hash}.webp`} alt={shop.name} />
        </p>
      ) : (
        <p class="muted">The shop's name stands at the head of its pages and mails.</p>
      )}
      <input
        ref={input}
        type="file"
        accept={pictureTypes}
        aria-label="A picture for the logo"
        onChange={(event) => setChosen(event.currentTarget.files?.[0])}
      />
      <p>
        <Button onPress={send} disabled={!chosen}>
          Use this picture
        </Button>{" "}
        {hash && (
          <button type="button" onClick={() => setHash(null)}>
            Remove the logo
          </button>
        )}
      </p>
      <p class="hint">JPEG, PNG or WebP. The shop's name is its text for who cannot see it.</p>
    </fieldset>
  );
}
