import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { deflateSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Api } from "./api";
import type { Visitor } from "./browser";
import { type Demo, openDemo } from "./demo";

// The pictures of an imported file: how far they are, what went wrong, and where that is to be read later.

let demo: Demo;
let api: Api;
let staff: Visitor;
let server: Server;
let host = "";
/** Requests for a slow picture, which is sent when the test says so. */
const slow: ServerResponse[] = [];

/** A PNG of one colour. */
function png(red: number, green: number, blue: number) {
  const [width, height] = [40, 30];
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc(body), body.length + 4);
    return framed;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from([red, green, blue]))]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

/** The checksum of a PNG's chunk (PNG, annex D). */
function crc(data: Buffer) {
  let sum = 0xffffffff;
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === "/slow.png") slow.push(response);
    else if (request.url === "/front.png") response.end(png(200, 40, 40));
    else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  demo = await openDemo({ as: "staff", extra: ["--private-webhooks"] });
  ({ api, visitor: staff } = demo);
});
afterAll(async () => {
  await demo?.close();
  server?.closeAllConnections();
  server?.close();
});

const fileOf = (rows: string[]) => ({
  name: "products.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(["Handle,Title,SKU,Price,Quantity,Image Src,Image Position,Image Alt Text", ...rows].join("\n")),
});

/** Imports a file in the dashboard. */
async function importFile(visitor: Visitor, rows: string[]) {
  await visitor.go("/inventory/import");
  await visitor.page.getByLabel("Choose a CSV file").setInputFiles(fileOf(rows));
  await visitor.page.getByRole("button", { name: /^Import \d+ product/ }).click();
}

test("an import tells how far its pictures are, and which could not be fetched", async () => {
  const { page } = staff;
  await importFile(staff, [
    `teapot,Teapot,TEAPOT,30,4,${host}/slow.png,2,From behind`,
    `teapot,,,,,${host}/front.png,1,From the front`,
    `jug,Jug,JUG,20,4,${host}/gone.png,1,`,
  ]);
  const status = page.getByRole("status").filter({ hasText: "pictures fetched" });
  await status.filter({ hasText: "1 of 3 pictures fetched, 1 could not be fetched" }).waitFor();
  const bar = page.getByRole("progressbar", { name: "Pictures fetched" });
  expect(await bar.evaluate((element: HTMLProgressElement) => [element.value, element.max])).toEqual([2, 3]);
  const faults = page.getByRole("list", { name: "Pictures that could not be fetched" }).getByRole("listitem");
  expect(await faults.count()).toBe(1);
  expect(await faults.textContent()).toContain(`${host}/gone.png`);
  expect(await faults.textContent()).toContain("Its server answered 404");
  await staff.expectAccessible("pictures on their way");
  await expect.poll(() => slow.length).toBeGreaterThan(0);
  for (const response of slow.splice(0)) response.end(png(40, 40, 200));
  await status.filter({ hasText: "2 of 3 pictures fetched" }).waitFor();
  await bar.waitFor({ state: "detached" });
  await page.getByText("Import the file again to try those again.").waitFor();
  await page.setViewportSize({ width: 360, height: 740 });
  await staff.expectFits("an import with a fault, at 360 px");
  await staff.expectAccessible("an import with a fault, at 360 px");
  await page.setViewportSize({ width: 1280, height: 900 });

  await faults.getByRole("link", { name: "Its product" }).click();
  await page.getByRole("heading", { name: "Jug" }).waitFor();
  const teapot = (await api.call("GET", "/admin/inventory?q=teapot")).data[0];
  expect(teapot.pictures.map(({ alt }: { alt: string }) => alt)).toEqual(["From the front", "From behind"]);
});

test("what went wrong is there later too", async () => {
  const { page } = staff;
  await staff.go("/inventory/import");
  await page.getByRole("button", { name: /^Pictures of import/ }).click();
  const dialog = page.getByRole("dialog", { name: /^Pictures of import/ });
  await dialog.getByText(`${host}/gone.png`).waitFor();
  await dialog.getByText("2 of 3 pictures fetched").waitFor();
  await staff.expectAccessible("the pictures of an earlier import");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(staff.complaints).toEqual([]);
});

test("private addresses are refused without the switch, and the import says so", async () => {
  const other = await openDemo({ as: "staff" });
  try {
    await importFile(other.visitor, [`jug,Jug,JUG,20,4,${host}/front.png,1,`]);
    const fault = other.visitor.page.getByRole("list", { name: "Pictures that could not be fetched" });
    await fault.getByText("Its address 127.0.0.1 is not a public address").waitFor();
    expect((await other.api.call("GET", "/admin/inventory?q=jug")).data[0].pictures).toEqual([]);
  } finally {
    await other.close();
  }
});
