import { capital } from "../text/words";
import type { paths } from "./types";

/**
 * The public API, and nothing else. Paths, bodies and answers are checked against the types that
 * `npm run types` makes from the executable's own OpenAPI document.
 */

type Method = "get" | "post" | "put" | "delete";
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends { [K in M]: { responses: unknown } } ? P : never;
}[keyof paths];
type Operation<P extends keyof paths, M extends Method> = paths[P] extends { [K in M]: infer O } ? O : never;
type Content<R> = R extends { content: { "application/json": infer C } } ? C : undefined;
type Success<O> = O extends { responses: infer R } ? Content<R[Extract<keyof R, 200 | 201 | 202 | 204>]> : never;
type BodyOf<O> = O extends { requestBody?: { content: infer C } } ? C[keyof C] : undefined;
type QueryOf<O> = O extends { parameters: { query?: infer Q } } ? Q : undefined;

export type Answer<P extends keyof paths, M extends Method> = Success<Operation<P, M>>;
export type Body<P extends keyof paths, M extends Method> = NonNullable<BodyOf<Operation<P, M>>>;
/** A row of a list. */
export type Row<P extends PathOf<"get">> = Answer<P, "get"> extends { data: (infer R)[] } ? R : never;

/** The values of a path's {names}, in their order. */
type Values = readonly (string | number)[];

/** A refusal by the API (RFC 9457). Code decides by `code`, never by the text. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    override readonly message: string,
    readonly faults: { pointer: string; detail: string }[],
    readonly body: Record<string, unknown>,
    readonly requestId: string,
    readonly retryAfter: number,
  ) {
    super(message);
  }
}

/** The server's code for an act on something that has changed since it was read. */
export const stale = () => new Problem(412, "stale_version", "It changed since it was shown.", [], {}, "", 0);

/** No answer came: the network or orderd is down. */
export class Unreachable extends Error {}

let csrfToken = "";
/** Every mutation in a cookie session sends this header. */
export function useCsrf(token: string): void {
  csrfToken = token;
}

let onSignedOut = () => {};
/** Called when an answer says that the session is over. */
export function whenSignedOut(handler: () => void): void {
  onSignedOut = handler;
}

/** Tells the dashboard if a refusal says that the session is over. */
export function noteRefusal(problem: Problem): void {
  if (problem.status === 401) onSignedOut();
}

/** Called with whether the last request reached orderd. */
export const connection = { reachable: true, listeners: new Set<(reachable: boolean) => void>() };

/** Records whether the last attempt reached orderd. */
export function reached(reachable: boolean): void {
  if (connection.reachable === reachable) return;
  connection.reachable = reachable;
  for (const listener of connection.listeners) listener(reachable);
}

export interface Options {
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  /** A body that is not JSON, sent as it is; its media type is the blob's. */
  raw?: Blob;
  /** The version that the edit is based on: sent as If-Match. */
  version?: number;
  /** The same for every attempt of one act. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** The wanted media type; JSON if absent. */
  accept?: string;
}

export function addressOf(path: string, values: Values = [], query: Options["query"] = {}): string {
  let at = 0;
  const filled = path.replace(/\{\w+\}/g, () => encodeURIComponent(values[at++]!));
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text ? `${filled}?${text}` : filled;
}

/** The headers of every request, without those of its body. */
export function headersOf(method: string, options: Options): Record<string, string> {
  const headers: Record<string, string> = { Accept: options.accept ?? "application/json" };
  if (method !== "GET" && csrfToken) headers["X-CSRF-Token"] = csrfToken;
  if (options.version !== undefined) headers["If-Match"] = `"${options.version}"`;
  if (options.idempotencyKey) headers["Idempotency-Key"] = options.idempotencyKey;
  return headers;
}

/** Records that no answer came. @returns what is to be thrown */
export function unreachable(): Unreachable {
  reached(false);
  return new Unreachable("orderd cannot be reached. Check the network, or whether the server is running.");
}

async function send(method: string, address: string, options: Options): Promise<Response> {
  const headers = headersOf(method, options);
  let body: BodyInit | undefined;
  if (options.raw) {
    body = options.raw;
    headers["Content-Type"] = options.raw.type;
  } else if (options.body !== undefined) {
    body = JSON.stringify(options.body);
    headers["Content-Type"] = "application/json";
  }
  try {
    const answer = await fetch(address, {
      method,
      headers,
      body: body ?? null,
      signal: options.signal ?? null,
      credentials: "same-origin",
    });
    reached(true);
    return answer;
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw unreachable();
  }
}

const problemOf = async (answer: Response): Promise<Problem> =>
  problemIn(answer.status, await answer.text().catch(() => ""), (name) => answer.headers.get(name));

/** Reads a refusal from an answer's parts. */
export function problemIn(status: number, content: string, header: (name: string) => string | null): Problem {
  let body: Record<string, unknown> = {};
  try {
    body = JSON.parse(content);
  } catch {
    // A proxy answered in place of orderd.
  }
  const text = (name: string) => (typeof body[name] === "string" ? (body[name] as string) : "");
  return new Problem(
    status,
    text("code") || `http_${status}`,
    text("detail") || text("title") || `The server answered ${status}.`,
    Array.isArray(body.errors) ? (body.errors as Problem["faults"]) : [],
    body,
    header("X-Request-Id") ?? "",
    Number(header("Retry-After") ?? 0),
  );
}

const sending = new Map<string, Promise<unknown>>();

/**
 * Sends a change once, however often it is requested while it is under way: a second, identical one is the
 * second click of a double click, whatever its Idempotency-Key.
 */
function once<T>(method: string, address: string, options: Options, send: () => Promise<T>): Promise<T> {
  if (method === "GET" || options.raw) return send();
  const same = JSON.stringify([method, address, options.body, options.version]);
  const running = (sending.get(same) as Promise<T> | undefined) ?? send().finally(() => sending.delete(same));
  sending.set(same, running);
  return running;
}

const exchange = <T>(method: string, address: string, options: Options): Promise<T> =>
  once(method, address, options, () => askFor<T>(method, address, options));

async function askFor<T>(method: string, address: string, options: Options): Promise<T> {
  const answer = await send(method, address, options);
  if (!answer.ok) {
    const problem = await problemOf(answer);
    if (!address.startsWith("/auth/")) noteRefusal(problem);
    throw problem;
  }
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** Of an answer that must be read as text, as a problem or a file. */
export async function fetchText(address: string): Promise<string> {
  const answer = await send("GET", address, {});
  if (!answer.ok) throw await problemOf(answer);
  return answer.text();
}

/** Requests a PDF, such as all labels of some orders. */
export async function postForPdf<P extends PathOf<"post">>(path: P, body: Body<P, "post">): Promise<Blob> {
  const options = { body, accept: "application/pdf, application/problem+json" };
  return once("POST", path as string, options, async () => {
    const answer = await send("POST", path as string, options);
    if (!answer.ok) throw await problemOf(answer);
    return answer.blob();
  });
}

export const get = <P extends PathOf<"get">>(
  path: P,
  values: Values = [],
  options: Omit<Options, "query"> & { query?: QueryOf<Operation<P, "get">> } = {},
) =>
  exchange<Answer<P, "get">>(
    "GET",
    addressOf(path as string, values, options.query as Options["query"]),
    options as Options,
  );

export const post = <P extends PathOf<"post">>(
  path: P,
  values: Values = [],
  options: Omit<Options, "body"> & { body?: Body<P, "post"> } = {},
) => exchange<Answer<P, "post">>("POST", addressOf(path as string, values, options.query), options);

export const put = <P extends PathOf<"put">>(
  path: P,
  values: Values,
  options: Omit<Options, "body"> & { body?: Body<P, "put"> },
) => exchange<Answer<P, "put">>("PUT", addressOf(path as string, values, options.query), options);

export const remove = <P extends PathOf<"delete">>(path: P, values: Values, options: Options = {}) =>
  exchange<Answer<P, "delete">>("DELETE", addressOf(path as string, values, options.query), options);

/** A new Idempotency-Key. (crypto.randomUUID does not exist over plain HTTP.) */
export const newKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** A text for the user about anything that was thrown. */
export function explain(error: unknown): string {
  if (error instanceof Problem) {
    if (error.status === 429) return `Too many tries. Wait ${error.retryAfter || "a few"} seconds, then try again.`;
    if (["unauthenticated", "invalid_token"].includes(error.code))
      return "Nothing was saved: your session has ended. Sign in, then try again.";
    if (error.code === "stale_version")
      return "It changed since it was shown. Look at how it stands now, then try again.";
    const faults = error.faults.map((fault) => fault.detail).join("; ");
    return capital(faults && !error.message.includes(faults) ? `${error.message}: ${faults}` : error.message);
  }
  return error instanceof Error ? error.message : String(error);
}
