import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { addressOf, get, type Answer, type PathOf, type Row } from "./client";
import { useEvents } from "./stream";

/** What a screen shows of something on the server. Old data stays in sight while new is on its way. */
export interface Loaded<T> {
  data: T | undefined;
  error: unknown;
  loading: boolean;
  reload: () => Promise<void>;
  /** Puts in what an edit just answered. */
  set: (data: T) => void;
}

/**
 * Reads a route, again whenever the address changes and when an event of one of the `live` kinds ("order." for all of
 * an order's) arrives. `path` undefined reads nothing.
 */
export function useData<P extends PathOf<"get">>(
  path: P | undefined,
  values: readonly (string | number)[] = [],
  { query, live = [] }: { query?: Record<string, string | number | boolean | undefined>; live?: string[] } = {},
): Loaded<Answer<P, "get">> {
  type T = Answer<P, "get">;
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
      const data = await get(path!, values, { query: query as never, signal: control.signal });
      setState({ address, data, error: undefined, loading: false });
    } catch (error) {
      if (control.signal.aborted) return;
      // What is on the screen stays there when only the refresh failed.
      setState((old) => ({ address, data: old.address === address ? old.data : undefined, error, loading: false }));
    }
  }, [address]);

  useEffect(() => {
    void reload();
    return () => running.current?.abort();
  }, [reload]);
  useEvents(live, () => void reload());

  const set = useCallback((data: T) => setState({ address, data, error: undefined, loading: false }), [address]);
  return { data: state.data, error: state.error, loading: state.loading, reload, set };
}

/** For what changes without an event: reads once more in so many milliseconds after what is shown was read. */
export function useReload<T>({ data, reload }: Loaded<T>, milliseconds: number | undefined): void {
  useEffect(() => {
    if (milliseconds === undefined) return;
    const timer = setTimeout(() => void reload(), milliseconds);
    return () => clearTimeout(timer);
  }, [data]);
}

export type { Row };
