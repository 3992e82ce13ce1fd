import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** A field that has the focus when its screen opens, so that the first code can be scanned at once. */
export function useScanned(): RefObject<HTMLInputElement> {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // After the page has given its heading the focus.
    const timer = setTimeout(() => field.current?.focus(), 0);
    return () => clearTimeout(timer);
  }, []);
  return field;
}
