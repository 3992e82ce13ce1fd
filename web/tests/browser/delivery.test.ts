import { afterAll, beforeAll, expect, test } from "vitest";
import type { Api } from "./api";
import type { Visitor } from "./browser";
import { type Demo, openDemo } from "./demo";

// How orders get to customers: methods are set up and tried out; an order is picked up, another one is brought.

let demo: Demo;
let api: Api;
let owner: Visitor;
let sku: string;

beforeAll(async () => {
  demo = await openDemo();
  ({ api, visitor: owner } = demo);
  sku = (await api.call("GET", "/products?limit=50")).data.find(
    ({ available }: { available: number }) => available > 5,
  ).sku;
});
afterAll(() => demo?.close());

const methods = async () => (await api.call("GET", "/admin/delivery-methods?limit=200")).data;
const methodOf = async (kind: string) => (await methods()).find((each: { kind: string }) => each.kind === kind);

/** A paid order that goes by a method. */
async function paidOrder(method: number) {
  return api.paidOrder([{ sku, quantity: 1 }], undefined, { delivery_method_id: method });
}

test("a method with zones and bands is added, with its faults at their fields", async () => {
  const { page } = owner;
  await owner.go("/delivery");
  await page.getByRole("link", { name: "Add a method" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Courier");
  await page.getByLabel("Name in German").fill("Kurier");
  await page.getByLabel("Name in French").fill("Coursier");
  await page.getByLabel("Name in Spanish").fill("Mensajero");
  await page.getByLabel("How many days it takes").fill("1");
  await page.getByLabel("Countries").selectOption("DE");
  await page.getByLabel("Countries").selectOption("AT");
  await page.getByRole("button", { name: "Take out Austria" }).click();
  await page.getByRole("button", { name: "Add a region or postcodes" }).click();
  await page.getByRole("group", { name: "part 1 of zone 1" }).getByLabel("Country").selectOption("FR");
  await page.getByRole("group", { name: "part 1 of zone 1" }).getByLabel("Postcodes that begin with").fill("75, 92");
  await page.getByLabel("Price", { exact: true }).selectOption("weight");
  await page.getByRole("button", { name: "Add a price" }).click();
  const band = (at: number) => page.getByRole("group", { name: `price ${at} of zone 1` });
  await band(1).getByLabel("Costs").fill("9.90");
  await band(2).getByLabel("Costs").fill("14.90");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("Only the last one has no end.").waitFor();
  await band(1).getByLabel("Up to").fill("5000");
  await band(2).getByLabel("Up to").fill("4000");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await band(2)
    .getByText(/below 5001/)
    .waitFor();
  await owner.expectAccessible("a new delivery method");
  await page.setViewportSize({ width: 320, height: 700 });
  await owner.expectFits("a new delivery method");
  await page.setViewportSize({ width: 1280, height: 900 });
  await band(2).getByLabel("Up to").fill("10000");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("Courier is offered").waitFor();
  const added = (await methods()).at(-1);
  expect(added).toMatchObject({
    name: "Courier",
    names: { de: "Kurier", es: "Mensajero", fr: "Coursier" },
    days: "1",
    zones: [
      {
        places: [
          { country: "DE", region: "", postal_codes: [] },
          { country: "FR", region: "", postal_codes: ["75", "92"] },
        ],
        by: "weight",
        bands: [
          { from: 0, to: 5000, price: 990 },
          { from: 5001, to: 10000, price: 1490 },
        ],
        free_from: null,
      },
    ],
  });
});

test("a parcel is tried out, and methods change their places", async () => {
  const { page } = owner;
  await owner.go("/delivery");
  const tried = page.getByRole("region", { name: "Try it out" });
  await tried.getByLabel("Country").selectOption("DE");
  await tried.getByLabel("Postal code").fill("10115");
  await tried.getByRole("button", { name: "Show what it costs" }).click();
  await tried.getByText("€4.90").waitFor();
  await tried.getByText("€9.90").waitFor();
  await owner.expectAccessible("delivery methods, tried out");
  await tried.getByLabel("They weigh").fill("");
  await tried.getByRole("button", { name: "Show what it costs" }).click();
  await tried
    .getByText(/the weight of the order is not known/)
    .first()
    .waitFor();

  await page.getByRole("button", { name: "Move up: Courier" }).click();
  await expect.poll(async () => (await methods()).map(({ name }: { name: string }) => name).indexOf("Courier")).toBe(2);
  await page.setViewportSize({ width: 360, height: 740 });
  await owner.expectFits("delivery methods");
  await page.setViewportSize({ width: 1280, height: 900 });
});

test("two people change one method: the second sees what changed, and chooses", async () => {
  const { page } = owner;
  const courier = (await methods()).find(({ name }: { name: string }) => name === "Courier");
  await owner.go(`/delivery/${courier.id}`);
  await page.getByLabel("How many days it takes").fill("1–2");
  await page.getByRole("button", { name: "Take out price 2 of zone 1" }).click();
  await api.call("PUT", `/admin/delivery-methods/${courier.id}`, { days: "3" });
  await page.getByRole("button", { name: "Save" }).click();
  const choice = page.getByRole("dialog", { name: "Someone saved before you" });
  await choice.waitFor();
  await owner.expectAccessible("conflict of a delivery method");
  await choice.getByRole("radio", { name: "Yours" }).check();
  await choice.getByRole("button", { name: "Save like this" }).click();
  await page.getByText("Courier is saved").waitFor();
  const now = await api.call("GET", `/admin/delivery-methods/${courier.id}`);
  expect(now.days).toBe("1–2");
  expect(now.zones[0].bands).toHaveLength(1);
  await owner.go(`/delivery/${courier.id}`);
  await page.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("Courier is deleted").waitFor();
});

test("an order that is picked up becomes ready, and is handed over", async () => {
  const { page } = owner;
  const order = await paidOrder((await methodOf("pickup")).id);
  await owner.go(`/orders/${order.id}`);
  const delivery = page.getByRole("region", { name: "Delivery" });
  await delivery.getByText("Saturday, 11 to 15").waitFor();
  expect(await page.getByRole("button", { name: "Fulfil…" }).count()).toBe(0);
  await page.getByRole("button", { name: "Ready for pickup…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("When it can be picked up").fill("From Tuesday on");
  await owner.expectAccessible("ready for pickup");
  await dialog.getByRole("button", { name: "Mark ready" }).click();
  await delivery.getByText("From Tuesday on").waitFor();
  const pickup = page.getByRole("region", { name: "Pickup" });
  await pickup.getByText("Ready", { exact: true }).waitFor();
  await owner.expectAccessible("an order that is ready for pickup");
  await pickup.getByRole("button", { name: "Handed over…" }).click();
  await dialog.getByRole("button", { name: "Handed over", exact: true }).click();
  await page.getByRole("heading", { name: /Delivered/ }).waitFor();
  expect((await api.call("GET", `/admin/orders/${order.id}`)).status).toBe("delivered");
});

test("an order that the shop brings says when, and is delivered", async () => {
  const { page } = owner;
  const { id } = await api.call("POST", "/admin/delivery-methods", {
    name: "We bring it",
    kind: "own_delivery",
    zones: [{ places: [{ country: "*" }], bands: [{ from: 0, to: null, price: 300 }] }],
  });
  const order = await paidOrder(id);
  await owner.go(`/orders/${order.id}`);
  await page.getByRole("button", { name: "Say when" }).click();
  await page.getByRole("dialog").getByLabel("When it comes").fill("Tuesday, 17 to 19");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByRole("region", { name: "Delivery" }).getByText("Tuesday, 17 to 19").waitFor();
  await page.getByRole("button", { name: "Delivered…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delivered", exact: true }).click();
  await page.getByRole("heading", { name: /Delivered/ }).waitFor();
  expect(owner.complaints).toEqual([]);
});
