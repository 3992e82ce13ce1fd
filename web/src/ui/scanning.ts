import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** A field that has the focus when its screen opens, so that the first code can be scanned at once. */
export function useScanned(): RefObject<HTMLInputElement> {
  const field = useRef<HTMLInputElement>(null);
  // A scanner types on at once.
  useLayoutEffect(() => field.current?.focus(), []);
  return field;
}
