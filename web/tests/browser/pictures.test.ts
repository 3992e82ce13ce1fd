import { afterAll, beforeAll, expect, test } from "vitest";
import type { Api } from "./api";
import { Visitor } from "./browser";
import { type Demo, openDemo, password } from "./demo";

// Pictures of a product: sent, put in order, described, removed; and who may only look at them.

let demo: Demo;
let api: Api;
let staff: Visitor;
let id: number;

beforeAll(async () => {
  demo = await openDemo({ as: "staff" });
  ({ api, visitor: staff } = demo);
  id = (await api.call("POST", "/admin/inventory", { sku: "PICTURED", name: "Pictured mug", price: 900, quantity: 5 }))
    .id;
});
afterAll(() => demo?.close());

const pictures = async (): Promise<{ id: number; alt: string; width: number }[]> =>
  (await api.call("GET", `/admin/inventory/${id}`)).pictures;

/** A PNG file of one colour, drawn by the browser. */
async function png(name: string, colour: string, width: number) {
  const address = await staff.page.evaluate(
    ([fill, size]) => {
      const canvas = document.createElement("canvas");
      canvas.width = size;
      canvas.height = 300;
      const context = canvas.getContext("2d")!;
      context.fillStyle = fill;
      context.fillRect(0, 0, size, 300);
      return canvas.toDataURL("image/png");
    },
    [colour, width] as const,
  );
  return { name, mimeType: "image/png", buffer: Buffer.from(address.slice(address.indexOf(",") + 1), "base64") };
}

const list = () => staff.page.getByRole("list", { name: "Pictures of Pictured mug" }).getByRole("listitem");

test("pictures are sent by a button, and a file that is no picture is refused beside its name", async () => {
  const { page } = staff;
  await staff.go(`/inventory/${id}`);
  const files = [await png("red.png", "#c33", 400), await png("blue.png", "#36c", 200)];
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: /^Add pictures/ }).press("Enter");
  await (await chooser).setFiles([
    files[0]!,
    { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("no picture") },
    files[1]!,
  ]);
  await page.getByText("2 pictures added").waitFor();
  await expect.poll(() => list().count()).toBe(2);
  expect((await pictures()).map(({ width }) => width)).toEqual([400, 200]);
  const refused = page.getByRole("list", { name: "Pictures being sent" }).getByRole("listitem");
  expect(await refused.count()).toBe(1);
  expect(await refused.getByRole("alert").textContent()).toMatch(/image\/png|PNG/);
  await expect
    .poll(() => page.locator(".pictures img").evaluateAll((all) => all.every((each) => each.clientWidth > 50)))
    .toBe(true);
  await staff.expectAccessible("a refused picture");
  await page.getByRole("button", { name: "Dismiss notes.txt" }).click();
  await refused.waitFor({ state: "detached" });
});

test("they are put in order by keyboard and by dragging", async () => {
  const { page } = staff;
  const [red, blue] = (await pictures()).map((picture) => picture.id);
  const order = async () => (await pictures()).map((picture) => picture.id);
  await page.getByRole("button", { name: "Picture 2: earlier" }).press("Enter");
  await expect.poll(order).toEqual([blue, red]);
  // The button that was pressed is at the end now: the focus stays at its picture.
  await page.waitForFunction(() => document.activeElement?.ariaLabel === "Picture 1: later");
  await page.keyboard.press("Enter");
  await expect.poll(order).toEqual([red, blue]);
  await staff.settled();
  await list().nth(0).locator(".shown").dragTo(list().nth(1).locator(".shown"));
  await expect.poll(order).toEqual([blue, red]);
  // Nothing in the page says that what was dropped is still being sent.
  await expect
    .poll(() => list().evaluateAll((all: HTMLElement[]) => all.map(({ dataset }) => Number(dataset.id))))
    .toEqual([blue, red]);
});

test("their texts are edited in place, though the stock moved meanwhile", async () => {
  const { page } = staff;
  await staff.settled();
  await page.getByRole("button", { name: /^Text of picture 1/ }).click();
  const { version } = await api.call("GET", `/admin/inventory/${id}`);
  await api.call("PUT", `/admin/inventory/${id}`, { quantity: 4 }, { "If-Match": `"${version}"` });
  await page.getByLabel("Text of picture 1").fill("A blue mug");
  await page.keyboard.press("Enter");
  await page.getByRole("img", { name: "A blue mug" }).waitFor();
  expect((await pictures()).map(({ alt }) => alt)).toEqual(["A blue mug", ""]);
  await staff.expectAccessible("pictures of a product");
  await page.setViewportSize({ width: 360, height: 740 });
  await staff.expectFits("pictures of a product, at 360 px");
  await staff.expectAccessible("pictures of a product, at 360 px");
  await page.setViewportSize({ width: 1280, height: 900 });
});

test("the list shows the first one, and viewers see them without controls", async () => {
  await staff.go("/inventory?q=Pictured");
  const thumb = staff.page.getByRole("row", { name: /Pictured mug/ }).locator("img.thumb");
  expect(await thumb.evaluate((image) => image.clientWidth)).toBe(40);
  await staff.expectAccessible("a list with pictures");
  await api.call("POST", "/admin/users", { username: "viewer", password, role: "viewer" });
  const viewer = await Visitor.open(demo.orderd.url);
  try {
    await viewer.signIn("viewer", password);
    await viewer.go(`/inventory/${id}`);
    const section = viewer.page.getByRole("region", { name: "Pictures" });
    expect(await section.getByRole("listitem").count()).toBe(2);
    expect(await section.getByRole("button").count()).toBe(0);
    await viewer.expectAccessible("pictures, for a viewer");
  } finally {
    await viewer.close();
  }
});

test("one is removed after a question, and a group has pictures too", async () => {
  const { page } = staff;
  await staff.go(`/inventory/${id}`);
  await page.getByRole("button", { name: "Remove picture 1…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect.poll(() => list().count()).toBe(1);
  expect((await pictures()).map(({ alt }) => alt)).toEqual([""]);

  const group = await api.call("POST", "/admin/product-groups", {
    name: "Pictured shirt",
    options: [{ name: "Size", values: ["S"] }],
    variants: [{ values: ["S"], price: 100, quantity: 1 }],
  });
  await staff.go(`/inventory/groups/${group.id}`);
  await page.getByLabel("Choose pictures").setInputFiles(await png("green.png", "#393", 300));
  await page.getByRole("list", { name: "Pictures of Pictured shirt" }).getByRole("listitem").waitFor();
  await staff.expectAccessible("pictures of a group");
  await staff.go("/inventory/groups?q=Pictured");
  await page.locator("img.thumb").waitFor();
  expect(staff.complaints).toEqual([]);
});
