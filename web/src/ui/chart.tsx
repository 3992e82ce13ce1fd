import { useEffect, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

export interface Point {
  /** The start of a day or an hour. */
  at: Date;
  takings: number;
  orders: number;
}

const colour = (name: string) => {
  // The variables contain light-dark(), which only a colour property resolves.
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
};

/** Takings as an area, orders as bars below. A table has the same figures for those who cannot see the chart. */
export function TakingsChart({
  points,
  takings,
  scale,
  at,
}: {
  points: Point[];
  takings: (minor: number) => string;
  /** Takings for the axis: round amounts in short form. */
  scale: (minor: number) => string;
  at: (date: Date) => string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<number | undefined>(undefined);
  const [theme, setTheme] = useState(0);
  const taken = points.some((point) => point.takings !== 0);

  useEffect(() => {
    const redraw = () => setTheme((count) => count + 1);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", redraw);
    addEventListener("orderd-theme", redraw);
    return () => {
      dark.removeEventListener("change", redraw);
      removeEventListener("orderd-theme", redraw);
    };
  }, []);

  useEffect(() => {
    const host = box.current!;
    const accent = colour("--accent");
    const wash = colour("--accent-wash");
    const line = colour("--line");
    const muted = colour("--muted");
    const mostOrders = Math.max(4, ...points.map((point) => point.orders));
    const halfStep = points.length > 1 ? (points[1]!.at.getTime() - points[0]!.at.getTime()) / 2000 : 43_200;
    const font = `12px ${getComputedStyle(document.body).fontFamily}`;
    const axis = { stroke: muted, font, ticks: { show: false }, grid: { stroke: line, width: 1 } };
    const plot = new uPlot(
      {
        width: Math.max(200, host.clientWidth),
        height: host.clientHeight,
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
        padding: [10, 28, 0, 0],
        scales: {
          // Half a day of room, so that the first and the last bar are whole.
          x: { time: true, range: (_, from, to) => [from - halfStep, to + halfStep] },
          // More may go back on a day than came in.
          y: { range: (_, least, most) => [Math.min(least * 1.08, 0), Math.max(most * 1.08, 100)] },
          // Orders use the lower quarter; takings, if there are any, use the rest.
          orders: { range: () => [0, mostOrders * (taken ? 4 : 1.15)] },
        },
        series: [
          {},
          {
            scale: "orders",
            paths: uPlot.paths.bars!({ size: [0.55, 28] }),
            fill: line,
            stroke: line,
            width: 0,
            points: { show: false },
          },
          {
            scale: "y",
            show: taken,
            stroke: accent,
            width: 2,
            fill: wash.replace(/^rgb\((.+)\)$/, "rgba($1, 0.55)"),
            paths: uPlot.paths.spline!(),
            points: { show: points.length <= 31, size: 5, fill: accent },
          },
        ],
        axes: [
          {
            ...axis,
            grid: { show: false },
            size: 32,
            // Labels at points, counted back from the last: fixed steps of hours would miss midnight when
            // clocks change.
            splits: (self) => {
              const stride = Math.ceil(points.length / Math.max(1, Math.floor(self.width / 90)));
              return points
                .filter((_, index) => (points.length - 1 - index) % stride === 0)
                .map((point) => point.at.getTime() / 1000);
            },
            values: (_, splits) => splits.map((split) => at(new Date(split * 1000))),
          },
          taken
            ? { ...axis, scale: "y", size: 70, values: (_, splits) => splits.map((split) => scale(split)) }
            : { ...axis, scale: "orders", size: 40, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000] },
        ],
        hooks: {
          setCursor: [(self) => setShown(self.cursor.idx ?? undefined)],
        },
      },
      [
        points.map((point) => point.at.getTime() / 1000),
        points.map((point) => point.orders),
        points.map((point) => point.takings),
      ],
      host,
    );
    const sizes = new ResizeObserver(() =>
      plot.setSize({ width: Math.max(200, host.clientWidth), height: host.clientHeight }),
    );
    sizes.observe(host);
    return () => {
      sizes.disconnect();
      plot.destroy();
    };
  }, [points, theme]);

  const point = shown === undefined ? undefined : points[shown];
  return (
    <figure class="chart">
      <figcaption class="legend">
        {point ? (
          <>
            <span>{at(point.at)}</span>
            {taken && (
              <span>
                <strong>{takings(point.takings)}</strong> takings
              </span>
            )}
            <span>
              <strong>{point.orders}</strong> {point.orders === 1 ? "order" : "orders"}
            </span>
          </>
        ) : (
          <span>{taken ? "The line is takings, the bars are orders." : "Orders a day. Nothing was taken in yet."}</span>
        )}
      </figcaption>
      <div ref={box} class="chart-box" aria-hidden="true" />
      {/* Around it: a table is as high as its rows, whatever height it is given. */}
      <div class="unseen">
        <table>
          <caption>Takings and orders over time</caption>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Takings</th>
              <th scope="col">Orders</th>
            </tr>
          </thead>
          <tbody>
            {points.map((each) => (
              <tr key={each.at.getTime()}>
                <td>{at(each.at)}</td>
                <td>{takings(each.takings)}</td>
                <td>{each.orders}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
