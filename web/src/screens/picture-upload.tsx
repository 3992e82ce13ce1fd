import { useEffect, useRef, useState } from "preact/hooks";
import { explain, Problem } from "../api/client";
import { sendFile, type Upload, uploadOf } from "../api/upload";
import { byteSize } from "../text/size";
import { Icon } from "../ui/icon";
import { notify } from "../ui/toast";

export const pictureTypes = "image/jpeg,image/png,image/webp";
const mostBytes = 20 * 1024 * 1024;

/** A file that is being sent, waits for its turn, or was refused. */
interface Sending {
  upload: Upload;
  /** From 0 to 1. */
  sent: number;
  fault?: string;
  /** Sending it again may help. */
  again?: boolean;
}

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/** Where pictures are dropped or chosen. They are sent one after the other, so that they keep their order. */
export function PictureUpload({
  path,
  id,
  onDone,
}: {
  path: string;
  id: number;
  /** Called after each picture that was added. */
  onDone: () => Promise<void>;
}) {
  const [files, setFiles] = useState<Sending[]>([]);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const zone = useRef<HTMLButtonElement>(null);
  const queue = useRef<Upload[]>([]);
  const running = useRef(false);
  useMissedDrops();

  const change = (upload: Upload, state: Partial<Sending>) =>
    setFiles((all) => all.map((each) => (each.upload === upload ? { ...each, ...state } : each)));
  const forget = (upload: Upload) => setFiles((all) => all.filter((each) => each.upload !== upload));

  const sendAll = async () => {
    if (running.current) return;
    running.current = true;
    let added = 0;
    for (let upload = queue.current.shift(); upload; upload = queue.current.shift()) {
      const current = upload;
      try {
        await sendFile(path, [id], current, (sent) => change(current, { sent }));
        added++;
        forget(current);
        await onDone();
      } catch (error) {
        change(current, { fault: explain(error), again: !(error instanceof Problem) || error.status >= 429 });
      }
    }
    running.current = false;
    if (added > 0) notify(added === 1 ? "1 picture added" : `${added} pictures added`);
  };
  const take = (chosen: FileList | null | undefined) => {
    const fresh = [...(chosen ?? [])].map((file): Sending => ({ upload: uploadOf(file), sent: 0, ...tooLarge(file) }));
    setFiles((all) => [...all, ...fresh]);
    queue.current.push(...fresh.filter(({ fault }) => !fault).map(({ upload }) => upload));
    void sendAll();
  };
  const retry = (upload: Upload) => {
    setFiles((all) => all.map((each) => (each.upload === upload ? { upload, sent: 0 } : each)));
    queue.current.push(upload);
    void sendAll();
    zone.current?.focus();
  };

  return (
    <>
      <button
        ref={zone}
        type="button"
        class={over ? "drop-zone over" : "drop-zone"}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          if (!hasFiles(event)) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer?.files);
        }}
      >
        <span>Add pictures</span>
        <span class="hint">Drop them here, or press to choose: JPEG, PNG or WebP, up to 20 MiB each.</span>
      </button>
      <input
        ref={input}
        type="file"
        multiple
        accept={pictureTypes}
        hidden
        aria-label="Choose pictures"
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = ""; // the same file can be chosen again
        }}
      />
      {files.length > 0 && (
        <ul class="uploads" aria-label="Pictures being sent">
          {files.map(({ upload, sent, fault, again }) => (
            <li key={upload.idempotencyKey}>
              <span class="name">{upload.file.name}</span>
              {fault ? (
                <>
                  <span class="fault" role="alert">
                    {fault}
                  </span>
                  <span class="actions">
                    {again && (
                      <button type="button" class="link" onClick={() => retry(upload)}>
                        Try again
                      </button>
                    )}
                    <button
                      type="button"
                      class="icon-button"
                      aria-label={`Dismiss ${upload.file.name}`}
                      onClick={() => {
                        forget(upload);
                        zone.current?.focus();
                      }}
                    >
                      <Icon name="close" />
                    </button>
                  </span>
                </>
              ) : (
                <progress max={1} value={sent} aria-label={`Sending ${upload.file.name}`} />
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** A file that the server would refuse is not sent at all: the connection may end before the refusal is read. */
function tooLarge({ size }: File): Partial<Sending> {
  return size > mostBytes ? { fault: `The file has ${byteSize(size)}; a picture may have 20 MiB.` } : {};
}

/** A file that is dropped beside the zone must not replace the dashboard. */
function useMissedDrops(): void {
  useEffect(() => {
    const ignore = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    addEventListener("dragover", ignore);
    addEventListener("drop", ignore);
    return () => {
      removeEventListener("dragover", ignore);
      removeEventListener("drop", ignore);
    };
  }, []);
}
