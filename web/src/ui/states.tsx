import type { ComponentChildren } from "preact";
import { explain, Problem, Unreachable } from "../api/client";
import { Icon } from "./icon";

/** Grey bars in place of rows, after a moment: a quick answer shows none. */
export function Loading({ rows = 6 }: { rows?: number }) {
  return (
    <div class="loading" role="status">
      <span class="unseen">Loading…</span>
      {Array.from({ length: rows }, (_, row) => (
        <i key={row} aria-hidden="true" />
      ))}
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children && <div class="muted">{children}</div>}
    </div>
  );
}

/** An error in words, and how to go on. */
export function Failed({ error, again }: { error: unknown; again?: () => void }) {
  const missing = error instanceof Problem && error.status === 404;
  const title = missing
    ? "That is not here"
    : error instanceof Unreachable
      ? "orderd cannot be reached"
      : "That did not work";
  return (
    <div class="failed" role="alert">
      <Icon name="warn" />
      <div>
        <p class="empty-title">{title}</p>
        <p class="muted">{missing ? "It may have been removed, or the address has a slip in it." : explain(error)}</p>
        {error instanceof Problem && error.status >= 500 && error.requestId && (
          <p class="muted">
            In the log it is <code>{error.requestId}</code>.
          </p>
        )}
        {again && !missing && (
          <button type="button" onClick={again}>
            Try again
          </button>
        )}
      </div>
    </div>
  );
}
