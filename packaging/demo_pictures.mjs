// Draws the pictures of the demo's products, as PNG files of 480 x 480 pixels: shapes of one colour with smooth edges.
//
//   node demo_pictures.mjs FOLDER    writes SKU.png for each
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";

const size = 480;
const unit = size / 100; // shapes are described in hundredths of the picture

// A shape is its distance at a point: below 0 inside.
const ellipse = (cx, cy, rx, ry) => (x, y) => (Math.hypot((x - cx) / rx, (y - cy) / ry) - 1) * Math.min(rx, ry);
const box = (cx, cy, w, h, round = 0) => (x, y) => {
  const dx = Math.abs(x - cx) - w / 2 + round;
  const dy = Math.abs(y - cy) - h / 2 + round;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - round;
};
const line = (ax, ay, bx, by, width) => (x, y) => {
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)) - width / 2;
};
const ring = (shape, width) => (x, y) => Math.abs(shape(x, y)) - width / 2;
const both = (a, b) => (x, y) => Math.max(a(x, y), b(x, y));
const without = (a, b) => (x, y) => Math.max(a(x, y), -b(x, y));
// What has the width `at(y)` on each side of x = cx, from `top` to `bottom`.
const turned = (cx, top, bottom, at) => (x, y) =>
  Math.max(top - y, y - bottom, Math.abs(x - cx) - at((y - top) / (bottom - top)));
const above = (limit) => (_, y) => y - limit;
const leftOf = (limit) => (x) => x - limit;

const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const mixed = (a, b, share) => a.map((value, at) => value + (b[at] - value) * share);
const darker = (color, share = 0.16) => mixed(color, [40, 30, 30], share);
const lighter = (color, share = 0.35) => mixed(color, [255, 255, 255], share);

function render(background, layers) {
  const pixels = Buffer.alloc((size * 3 + 1) * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const x = (column + 0.5) / unit;
      const y = (row + 0.5) / unit;
      let color = y > 74 ? darker(background, 0.07) : background;
      for (const [shape, paint] of layers) {
        const covered = Math.min(1, Math.max(0, 0.5 - shape(x, y) * unit));
        if (covered > 0) color = mixed(color, paint, covered);
      }
      const at = row * (size * 3 + 1) + 1 + column * 3;
      for (const channel of [0, 1, 2]) pixels[at + channel] = Math.round(color[channel]);
    }
  }
  return pixels;
}

// PNG's checksum (RFC 2083, appendix 15).
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
const crc32 = (bytes) => ~bytes.reduce((crc, byte) => (crc >>> 8) ^ remainders[(crc ^ byte) & 255], -1) >>> 0;

function png(pixels) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const whole = Buffer.alloc(body.length + 8);
    whole.writeUInt32BE(data.length, 0);
    body.copy(whole, 4);
    whole.writeUInt32BE(crc32(body), body.length + 4);
    return whole;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits, RGB
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(pixels, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

const shadow = (cx, cy, rx) => (background) => [ellipse(cx, cy, rx, rx * 0.13), darker(background, 0.2)];

// A vessel that was thrown on a wheel, with the shade on its right side and the dark of its mouth.
function thrown(color, cx, top, bottom, at) {
  const wall = turned(cx, top, bottom, at);
  const mouth = at(0);
  return [
    [wall, color],
    [both(wall, (x) => cx + mouth * 0.35 - x), darker(color, 0.1)],
    [ellipse(cx, top, mouth, mouth * 0.18), lighter(color)],
    [ellipse(cx, top + 0.6, mouth * 0.9, mouth * 0.14), darker(color, 0.45)],
  ];
}

const mug = (color) => [
  shadow(50, 75, 27),
  [ring(ellipse(70, 56, 11, 13), 5), darker(color, 0.12)],
  ...thrown(color, 50, 36, 75, (t) => 21 - 3 * t * t),
];
const cups = (color) => [
  shadow(36, 74, 17),
  shadow(66, 78, 17),
  ...thrown(color, 36, 50, 74, (t) => 13 - 4 * t * t),
  ...thrown(lighter(color, 0.15), 66, 54, 78, (t) => 13 - 4 * t * t),
];
const bowl = (color, width, top) => [
  shadow(50, 75, width * 0.6),
  ...thrown(color, 50, top, 75, (t) => Math.max(width * 0.36, width * Math.sqrt(1 - 0.9 * t * t))),
];
const plate = (color, wide) => [
  [ellipse(50, 56, wide + 1, (wide + 1) * 0.86), darker(color, 0.22)],
  [ellipse(50, 54, wide, wide * 0.86), color],
  [ring(ellipse(50, 54, wide * 0.68, wide * 0.58), 0.9), darker(color, 0.12)],
  [ellipse(50, 54, wide * 0.66, wide * 0.56), lighter(color, 0.25)],
];
const vase = (color, top, neck, belly) => [
  shadow(50, 77, belly + 3),
  [line(50, top + 2, 46, top - 16, 1.2), rgb("#5d7a4b")],
  [ellipse(44, top - 19, 5, 6), rgb("#d98a7a")],
  [ellipse(51, top - 9, 2.6, 5), rgb("#7f9c66")],
  ...thrown(color, 50, top, 77, (t) => neck + (belly - neck) * Math.sin(Math.PI * Math.min(1, t * 0.86 + 0.1)) ** 2),
];
const planter = (color, width) => [
  shadow(50, 80, width + 5),
  ...[-14, -7, 0, 7, 14].flatMap((lean, at) => [
    [line(50 + lean / 3, 52, 50 + lean, 30 + Math.abs(lean) * 0.6, 1.4), rgb("#5d7a4b")],
    [ellipse(50 + lean, 28 + Math.abs(lean) * 0.6, 5, 8), at % 2 ? rgb("#86a56b") : rgb("#6c8c55")],
  ]),
  [box(50, 78, width * 2.2, 5, 2.4), darker(color, 0.14)],
  ...thrown(color, 50, 50, 77, (t) => width - width * 0.25 * t),
];
const bag = (label, tall) => [
  shadow(50, 83, 25),
  [box(50, 83 - tall / 2, 44, tall, 2), rgb("#c9a77c")],
  [both(box(50, 83 - tall / 2, 44, tall, 2), (x) => 62 - x), rgb("#bb976b")],
  [box(50, 84 - tall, 44, 6, 1), rgb("#a9855a")],
  [box(50, 60, 32, 24, 1.5), label],
  [box(50, 55, 22, 2.2, 1), lighter(label, 0.7)],
  [ellipse(50, 64, 4, 5.4), lighter(label, 0.7)],
  [line(48.6, 60, 51.4, 68, 1.1), label],
];
const tin = (label) => [
  shadow(50, 80, 22),
  [box(50, 57, 38, 46, 2), rgb("#aab4b6")],
  [box(50, 60, 38, 30, 0), label],
  [both(box(50, 57, 38, 46, 2), (x) => 61 - x), mixed(label, rgb("#5a6266"), 0.35)],
  [box(50, 33, 40, 8, 2), rgb("#8e999c")],
  [ellipse(47, 60, 8, 4.4), lighter(label, 0.65)],
];
const notebook = (color, wide, tall) => [
  [box(52, 54, wide, tall, 1.6), rgb("#e9e2d4")],
  [box(50, 52, wide, tall, 1.6), color],
  [both(box(50, 52, wide, tall, 1.6), leftOf(50 - wide / 2 + 5)), darker(color, 0.2)],
  [box(50 + wide / 2 - 7, 52, 1.3, tall, 0), darker(color, 0.35)],
];
const pencils = [-25, -15, -5, 5, 15, 25].flatMap((x, at) => {
  const wood = rgb(["#c75b4a", "#dd9a4e", "#e3c565", "#7fa277", "#5f8aa6", "#75648f"][at]);
  return [
    [box(50 + x, 56, 7, 46, 0.6), wood],
    [both(box(50 + x, 56, 7, 46, 0.6), (px) => 51.4 + x - px), darker(wood, 0.14)],
    [turned(50 + x, 20, 33, (t) => 3.5 * t), rgb("#e6c9a0")],
    [turned(50 + x, 20, 24.5, (t) => 1.2 * t), rgb("#4a4444")],
  ];
});
const pen = [
  [line(28, 74, 62, 40, 7), rgb("#2f3b52")],
  [line(62, 40, 68, 34, 6), rgb("#c9a24d")],
  [line(68, 34, 75, 27, 3), rgb("#d9dde0")],
  [line(34, 62, 50, 46, 1.6), rgb("#c9a24d")],
];
const ink = [
  shadow(50, 77, 22),
  [box(50, 60, 40, 32, 5), rgb("#dfe6ea")],
  [box(50, 64, 34, 20, 3), rgb("#2c4a78")],
  [box(50, 40, 20, 12, 2), rgb("#30343c")],
];
const cards = [0, 1, 2].flatMap((at) => {
  const [x, y] = [40 + at * 10, 46 + at * 6];
  return [
    [box(x + 0.8, y + 0.8, 34, 46, 1), rgb("#cfc7b6")],
    [box(x, y, 34, 46, 1), rgb("#fbf7ee")],
    [line(x, y + 16, x, y - 12, 1.2), rgb("#5d7a4b")],
    ...[-8, 0, 8].flatMap((dy) => [
      [ellipse(x - 5, y + dy, 5, 2.4), rgb("#7f9c66")],
      [ellipse(x + 5, y + dy - 4, 5, 2.4), rgb(at === 1 ? "#d98a7a" : "#6c8c55")],
    ]),
  ];
});
const sheets = (colors) =>
  colors.flatMap((hex, at) => [
    [box(46 + at * 4, 56 - at * 5, 44, 38, 0.6), rgb(hex)],
    ...[-14, -5, 4, 13].map((dx) => [ellipse(46 + at * 4 + dx, 50 - at * 5, 1.8, 1.8), lighter(rgb(hex), 0.6)]),
  ]);
const dripper = (color, wide) => [
  shadow(50, 77, wide),
  [box(50, 76, wide * 1.7, 4, 2), darker(color, 0.18)],
  [ring(ellipse(50 + wide, 54, 8, 9), 4), darker(color, 0.12)],
  ...thrown(color, 50, 38, 75, (t) => wide - wide * 0.62 * t),
];
const teapot = (color) => [
  shadow(48, 77, 30),
  [ring(both(ellipse(48, 40, 22, 20), above(44)), 3), rgb("#b88a57")],
  [line(66, 62, 82, 46, 8), darker(color, 0.06)],
  [ellipse(48, 60, 26, 18), color],
  [both(ellipse(48, 60, 26, 18), (x) => 58 - x), darker(color, 0.1)],
  [ellipse(48, 44, 13, 3.4), lighter(color)],
  [ellipse(48, 41, 3, 2.6), darker(color, 0.2)],
];
const jug = (color) => [
  shadow(50, 77, 19),
  [ring(ellipse(66, 56, 9, 12), 4), darker(color, 0.12)],
  ...thrown(color, 50, 38, 77, (t) => 13 + 4 * Math.sin(Math.PI * t * 0.9)),
  [turned(33, 35, 42, (t) => 5 * (1 - t)), color],
];
const butter = (color) => [
  shadow(50, 72, 34),
  [box(50, 70, 66, 6, 3), darker(color, 0.12)],
  [box(50, 57, 52, 22, 8), color],
  [box(50, 44, 10, 6, 3), darker(color, 0.16)],
];
const candle = (color) => [
  shadow(50, 77, 22),
  [ellipse(50, 18, 2.4, 5), rgb("#f0b64d")],
  [box(50, 40, 7, 36, 1), rgb("#f3ead6")],
  ...thrown(color, 50, 56, 77, (t) => 10 + 9 * t * t),
];
const scale = [
  shadow(50, 70, 34),
  [box(50, 62, 64, 16, 3), rgb("#3a3f47")],
  [box(50, 51, 52, 5, 2), rgb("#d5dadd")],
  [box(60, 63, 22, 7, 1), rgb("#9cc4b2")],
];
const grinder = [
  shadow(50, 82, 16),
  [line(50, 26, 72, 22, 3), rgb("#8e999c")],
  [ellipse(74, 21, 4, 4), rgb("#7a5236")],
  [box(50, 54, 22, 54, 4), rgb("#4b5058")],
  [both(box(50, 54, 22, 54, 4), (x) => 55 - x), rgb("#3d4249")],
  [box(50, 62, 22, 3, 0), rgb("#b88a57")],
];
const filters = [0, 1, 2].flatMap((at) => {
  const cone = turned(50, 32 + at * 5, 72 + at * 3, (t) => 30 - at * 2 - 22 * t);
  return [[cone, mixed(rgb("#d8c4a0"), rgb("#b79e74"), at / 3)]];
});
const calendar = [
  [box(51, 53, 46, 58, 1), rgb("#cfc7b6")],
  [box(50, 52, 46, 58, 1), rgb("#fbf7ee")],
  [box(50, 39, 40, 26, 1), rgb("#6f8f8a")],
  [both(ellipse(42, 54, 20, 14), box(50, 39, 40, 26, 1)), rgb("#4f6f6b")],
  ...[0, 1, 2, 3].flatMap((row) =>
    [0, 1, 2, 3, 4, 5, 6].map((day) => [ellipse(33 + day * 5.7, 58 + row * 5.6, 1.1, 1.1), rgb("#8a8378")]),
  ),
];

const sand = rgb("#d9b98c");
const sea = rgb("#7fae9d");
const night = rgb("#3f5577");
const white = rgb("#efe9df");
const clay = rgb("#c08a67");
const subjects = {
  "MUG-SAND": ["#f2e6d8", mug(sand)],
  "MUG-SEA": ["#e4eee9", mug(sea)],
  "MUG-NIGHT": ["#e3e6ee", mug(night)],
  "ESPRESSO-2": ["#efe3d6", cups(clay)],
  "CUP-TEA": ["#e6ecdf", bowl(rgb("#8c9c74"), 24, 48)],
  "TEAPOT-1L": ["#ece4da", teapot(rgb("#a5735a"))],
  "JUG-MILK": ["#dfe6ea", jug(white)],
  "BOWL-BREAKFAST": ["#f0e4da", bowl(sand, 30, 46)],
  "BOWL-PASTA": ["#e7ebe4", bowl(white, 36, 56)],
  "BOWL-SERVING": ["#dde5e6", bowl(rgb("#dcd8cf"), 40, 50)],
  "PLATE-SIDE": ["#e9dccb", plate(white, 30)],
  "PLATE-DINNER": ["#cfd9d6", plate(white, 40)],
  "VASE-BUD": ["#f1e2dc", vase(sea, 48, 4, 13)],
  "VASE-TALL": ["#e6e2ea", vase(clay, 36, 5, 15)],
  "PLANTER-S": ["#e9eee2", planter(clay, 15)],
  "PLANTER-L": ["#e3ebe6", planter(white, 21)],
  "BUTTER-DISH": ["#f4ecd6", butter(white)],
  "CANDLE-HOLDER": ["#e8e0e6", candle(night)],
  "DRIPPER-01": ["#efe6de", dripper(white, 22)],
  "DRIPPER-02": ["#e2e8ea", dripper(sea, 27)],
  "COFFEE-HOUSE-250": ["#efe4d5", bag(rgb("#8a4b38"), 54)],
  "COFFEE-HOUSE-1KG": ["#efe4d5", bag(rgb("#8a4b38"), 66)],
  "COFFEE-ETH-250": ["#f3e9da", bag(rgb("#d0863c"), 54)],
  "COFFEE-COL-250": ["#efe0dc", bag(rgb("#a9473f"), 54)],
  "COFFEE-DECAF-250": ["#e4e9ec", bag(rgb("#5d7f99"), 54)],
  "COFFEE-ESP-500": ["#e9e1da", bag(rgb("#43352f"), 60)],
  "TEA-SENCHA-100": ["#e8efe0", tin(rgb("#6f9a5b"))],
  "TEA-ASSAM-100": ["#f1e3d7", tin(rgb("#a2542f"))],
  "TEA-ROOIBOS-100": ["#f4e2d6", tin(rgb("#cf6a3a"))],
  "FILTER-02-100": ["#e3e7e4", filters],
  SCALE: ["#e6e6e2", scale],
  GRINDER: ["#ece5dc", grinder],
  "NOTEBOOK-A5-DOT": ["#e8e3ec", notebook(rgb("#50608a"), 46, 64)],
  "NOTEBOOK-A5-PLAIN": ["#e4ebe4", notebook(rgb("#5f8068"), 46, 64)],
  "NOTEBOOK-A6": ["#f2e3dc", notebook(rgb("#b9604c"), 36, 50)],
  "PENCIL-SET": ["#eef0ea", pencils],
  "PEN-FOUNTAIN": ["#ece7df", pen],
  "INK-BLUE": ["#e2e8f0", ink],
  "CARDS-BOTANICAL": ["#e6e9df", cards],
  "WRAP-SHEETS": ["#f0e9e4", sheets(["#b9604c", "#d9b98c", "#7fae9d"])],
  CALENDAR: ["#e9e5dc", calendar],
};

const [folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const [sku, [hex, layers]] of Object.entries(subjects)) {
  const background = rgb(hex);
  const placed = layers.map((layer) => (typeof layer === "function" ? layer(background) : layer));
  writeFileSync(join(folder, `${sku}.png`), png(render(background, placed)));
}
