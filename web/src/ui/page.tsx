import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { href } from "../router";
import { useSession } from "../session";

let first = true;

/** The frame of a screen: its heading (which gets the focus after a change of screen), and its main actions. */
export function Page({
  title,
  heading,
  back,
  actions,
  children,
}: {
  title: string;
  /** Shown instead of the title, if that needs more than text. */
  heading?: ComponentChildren;
  back?: { to: string; label: string };
  actions?: ComponentChildren;
  children: ComponentChildren;
}) {
  const { shop } = useSession();
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${shop.name}`;
  }, [title, shop.name]);
  // Before the next key comes. A field that wants the focus has it by now: its effects ran before these.
  useLayoutEffect(() => {
    const isTaken = document.getElementById("content")?.contains(document.activeElement);
    if (!first && !isTaken) top.current?.focus({ preventScroll: true });
    first = false;
  }, []);
  return (
    <>
      <header class="page-head">
        <div>
          {back && (
            <a class="back" href={href(back.to)} data-back>
              ← {back.label}
            </a>
          )}
          <h1 tabIndex={-1} ref={top}>
            {heading ?? title}
          </h1>
        </div>
        {actions && <div class="actions">{actions}</div>}
      </header>
      {children}
    </>
  );
}

/** A part of a screen with its own heading. */
export function Section({
  title,
  actions,
  children,
  class: kind = "",
  id,
}: {
  title: string;
  actions?: ComponentChildren;
  children: ComponentChildren;
  class?: string;
  /** For an index of the screen's parts. */
  id?: string;
}) {
  return (
    <section class={`panel ${kind}`} aria-label={title} id={id}>
      <header>
        <h2>{title}</h2>
        {actions && <div class="actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
