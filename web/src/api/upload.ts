import { addressOf, headersOf, newKey, noteRefusal, problemIn, reached, unreachable } from "./client";

/** A file on its way; its key is the same for every attempt. */
export interface Upload {
  file: File;
  idempotencyKey: string;
}

export const uploadOf = (file: File): Upload => ({ file, idempotencyKey: newKey() });

/** RFC 6266: only what its quoted form can hold. */
const plainName = (name: string) => name.replace(/[^\x20-\x7e]|["\\]/g, "_");

/**
 * Sends a file as it is, and tells how much of it is sent, from 0 to 1. `fetch` cannot tell that.
 * @returns the answer's text
 *
 * @throws Problem or Unreachable, as the functions of client.ts do
 */
export function sendFile(
  path: string,
  values: readonly (string | number)[],
  { file, idempotencyKey }: Upload,
  onProgress: (sent: number) => void,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", addressOf(path, values));
    for (const [name, value] of Object.entries(headersOf("POST", { idempotencyKey })))
      request.setRequestHeader(name, value);
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.setRequestHeader("Content-Disposition", `attachment; filename="${plainName(file.name)}"`);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(unreachable());
    request.onload = () => {
      reached(true);
      if (request.status < 300) return resolve(request.responseText);
      const problem = problemIn(request.status, request.responseText, (name) => request.getResponseHeader(name));
      noteRefusal(problem);
      reject(problem);
    };
    request.send(file);
  });
}
