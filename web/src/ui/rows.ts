import { useState } from "preact/hooks";

/** A row of a form; its key stays while others come and go, so that typed text survives. */
export interface FormRow<R> {
  key: number;
  row: R;
}

/** Rows that can be added and removed. */
export function useRows<R>(start: readonly R[]) {
  const [rows, setRows] = useState<FormRow<R>[]>(() => start.map((row, key) => ({ key, row })));
  const [next, setNext] = useState(start.length);
  return {
    rows,
    add: (...more: R[]) => {
      setRows([...rows, ...more.map((row, at) => ({ key: next + at, row }))]);
      setNext(next + more.length);
    },
    drop: (key: number) => setRows(rows.filter((row) => row.key !== key)),
    change: (update: (row: R, key: number) => R) =>
      setRows(rows.map(({ key, row }) => ({ key, row: update(row, key) }))),
  };
}
