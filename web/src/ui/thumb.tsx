import type { ComponentChildren } from "preact";
import type { components } from "../api/types";

export type Picture = components["schemas"]["Picture"];

/** The size to show where there is little room. */
export const smallest = (picture: Picture) => picture.sizes[0] ?? picture;

/** A list's name with the first picture before it, if there is one. The name says it all: the picture has no text. */
export function WithThumb({ pictures, children }: { pictures: Picture[]; children: ComponentChildren }) {
  const [first] = pictures;
  if (!first) return <>{children}</>;
  return (
    <div class="with-thumb">
      <img class="thumb" src={smallest(first).url} width={40} height={40} alt="" loading="lazy" />
      <div>{children}</div>
    </div>
  );
}
