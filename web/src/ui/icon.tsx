const shapes = {
  menu: "M3 6h18M3 12h18M3 18h18",
  close: "M6 6l12 12M18 6 6 18",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20 20",
  check: "m5 12.5 4.5 4.5L19 7.5",
  warn: "M12 4 2.8 20h18.4L12 4Zm0 6v4.5m0 2.5v.5",
  up: "m6 14 6-6 6 6",
  down: "m6 10 6 6 6-6",
  back: "M14 6l-6 6 6 6",
  on: "m10 6 6 6-6 6",
  plus: "M12 5v14M5 12h14",
  print: "M7 9V4h10v5M7 17H4v-6.5A1.5 1.5 0 0 1 5.5 9h13a1.5 1.5 0 0 1 1.5 1.5V17h-3M7 14h10v6H7z",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  out: "M10 5H5v14h5M14 8l4 4-4 4M18 12H9",
};

export type IconName = keyof typeof shapes;

/** An icon. It is always beside text, or in a button that has a label: it has no meaning alone. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  );
}
