import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type Answer, addressOf, get, type PathOf, type Row } from "./client";
import { useEvents } from "./stream";

/** Data from the server, for a screen. Old data stays visible while new data is loading. */
export interface Loaded<T> {
  data: T | undefined;
  error: unknown;
  loading: boolean;
  reload: () => Promise<void>;
  /** Replaces the data by the answer of an edit. */
  set: (data: T) => void;
}

const mostPages = 50;

/** A list with all of its pages: for lists that are shown, or chosen from, as a whole. */
async function withAllPages<T>(first: T, next: (cursor: string) => Promise<unknown>): Promise<T> {
  type Page = { data: unknown[]; next_cursor: string | null };
  const whole = first as Page;
  for (let pages = 1; whole.next_cursor && pages < mostPages; pages++) {
    const page = (await next(whole.next_cursor)) as Page;
    whole.data.push(...page.data);
    whole.next_cursor = page.next_cursor;
  }
  return first;
}

/**
 * Reads a route, again whenever the address changes and when an event of one of the `live` kinds ("order." for all of
 * an order's) arrives. `path` undefined reads nothing. `whole`: of a list all pages together.
 */
export function useData<P extends PathOf<"get">>(
  path: P | undefined,
  values: readonly (string | number)[] = [],
  {
    query: asked,
    live = [],
    whole = false,
  }: { query?: Record<string, string | number | boolean | undefined>; live?: string[]; whole?: boolean } = {},
): Loaded<Answer<P, "get">> {
  type T = Answer<P, "get">;
  const query = whole ? { ...asked, limit: 200 } : asked;
  const address = path === undefined ? "" : addressOf(path as string, values, query);
  const [state, setState] = useState<{ address: string; data: T | undefined; error: unknown; loading: boolean }>({
    address,
    data: undefined,
    error: undefined,
    loading: path !== undefined,
  });
  const running = useRef<AbortController | undefined>(undefined);

  const reload = useCallback(async () => {
    running.current?.abort();
    if (!address) return;
    const control = new AbortController();
    running.current = control;
    setState((old) => ({ ...old, loading: true }));
    try {
      const read = (more?: object) =>
        get(path!, values, { query: { ...query, ...more } as never, signal: control.signal });
      const data = whole ? await withAllPages(await read(), (cursor) => read({ cursor })) : await read();
      setState({ address, data, error: undefined, loading: false });
    } catch (error) {
      if (control.signal.aborted) return;
      // If only the refresh failed, the screen keeps its data.
      setState((old) => ({ address, data: old.address === address ? old.data : undefined, error, loading: false }));
    } finally {
      if (running.current === control) running.current = undefined;
    }
  }, [address]);

  useEffect(() => {
    void reload();
    return () => running.current?.abort();
  }, [reload]);
  useEvents(live, () => void reload());

  const set = useCallback(
    (data: T) => {
      setState({ address, data, error: undefined, loading: false });
      // What is being read may be from before the edit.
      if (running.current) void reload();
    },
    [reload],
  );
  // What is there may still be the answer of the address before.
  const isOther = address !== "" && state.address !== address;
  return { data: state.data, error: state.error, loading: state.loading || isOther, reload, set };
}

/** For data that changes without an event: reads again so many milliseconds after the last read. */
export function useReload<T>({ data, error, reload }: Loaded<T>, milliseconds: number | undefined): void {
  useEffect(() => {
    if (milliseconds === undefined) return;
    const timer = setTimeout(() => void reload(), milliseconds);
    return () => clearTimeout(timer);
  }, [data, error]);
}

export type { Row };
