import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Orderd, startOrderd } from "../support/orderd.mjs";
import { Api } from "./api";
import { Visitor } from "./browser";

// A shop's first day, from the empty folder on. Each step stands on the one before it.

const password = "glacier moth teapot seven";
let orderd: Orderd;
let owner: Visitor;
let api: Api;

beforeAll(async () => {
  orderd = await startOrderd("serve", ["--sandbox-payments"]);
  owner = await Visitor.open(orderd.url);
  api = new Api(orderd.url);
});
afterAll(async () => {
  await owner?.close();
  await orderd?.stop();
});

test("the link that orderd prints makes the owner and the shop, once", async () => {
  const link = await orderd.printed(/http:\/\/\S+\/dashboard\/setup\S+(?=\s)/);
  const { page } = owner;
  await page.goto("/dashboard/");
  await page.getByRole("heading", { name: "Not set up yet" }).waitFor();
  await owner.expectAccessible("not set up yet");
  await page.goto(`${link.split("#")[0]}#an-older-one`);
  await page.getByRole("heading", { name: "This link does not work" }).waitFor();
  await owner.expectAccessible("a link that does not work");
  await page.goto(link);
  await page.getByLabel("Name", { exact: true }).waitFor();
  await owner.expectAccessible("setup");
  await page.getByLabel("Name", { exact: true }).fill("Tests & Sons");
  await page.getByLabel("Currency").selectOption("EUR");
  await page.getByLabel("Enter the shop's address now").check();
  await page.getByLabel("Street and number").fill("Werkstattweg 1");
  await page.getByLabel("Postal code").fill("10997");
  await page.getByLabel("City").fill("Berlin");
  await page.getByLabel("Country").selectOption("DE");
  await page.getByLabel("Username").fill("anna");
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByLabel("Password again").fill("other");
  await page.getByRole("button", { name: "Make the shop" }).click();
  await page.getByText("The two passwords differ.").waitFor();
  await page.getByLabel("Password again").fill("short");
  await page.getByRole("button", { name: "Make the shop" }).click();
  // The server's own word, at the field it is about.
  await page.locator(".field", { hasText: "Twelve characters" }).locator(".fault").waitFor();
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Password again").fill(password);
  await page.getByRole("button", { name: "Make the shop" }).click();
  await page.getByRole("heading", { name: "The shop is made" }).waitFor();
  await owner.expectAccessible("begin");

  const late = await Visitor.open(orderd.url);
  await late.page.goto(link);
  await late.page.getByRole("heading", { name: "The shop is set up already" }).waitFor();
  await late.expectAccessible("a link that was used");
  await late.page.getByRole("link", { name: "Sign in" }).click();
  await late.page.getByLabel("Username").waitFor();
  await late.close();
  await api.signIn("anna", password);
  // Else no bank transfer is offered.
  await api.call("PUT", "/admin/settings", { bank_details: "IBAN DE02 1203 0000 0000 2020 51" });
});

test("a catalogue is imported after a look at what would change, and can be taken back", async () => {
  const { page } = owner;
  const file = join(orderd.folder, "products.csv");
  writeFileSync(
    file,
    [
      "Handle,Title,Body (HTML),Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Status",
      "mug,Stoneware mug,<p>Thrown by hand</p>,Title,Default Title,MUG,350,5,14.50,active",
      "pot,Teapot,,Title,Default Title,POT,1150,3,49.00,active",
      "bad,Broken row,,Title,Default Title,BAD,1,1,not a price,active",
    ].join("\n"),
  );
  await page.getByRole("button", { name: "Import a catalogue" }).click();
  await page.getByRole("heading", { name: "Import products" }).waitFor();
  await page.getByLabel("Choose a CSV file").setInputFiles(file);
  await page.getByRole("button", { name: "Import 2 products" }).waitFor();
  expect((await api.call("GET", "/admin/inventory")).data).toEqual([]);
  // What is wrong stands first.
  await page.getByRole("row").nth(1).getByText("Faulty").waitFor();
  await owner.settled();
  // What is added says at what price, and how many.
  const added = page.getByRole("row").filter({ hasText: "Stoneware mug" });
  await added.getByText("Price: €14.50").waitFor();
  await added.getByText("On hand: 5").waitFor();
  await owner.expectAccessible("import preview");
  await page.getByRole("button", { name: "Import 2 products" }).click();
  await page.getByRole("link", { name: "To the inventory" }).waitFor();
  expect((await api.call("GET", "/admin/inventory")).data).toHaveLength(2);

  await page.getByRole("button", { name: "Take back…" }).click();
  await page.getByRole("button", { name: "Take it back" }).click();
  await page.getByText("taken back", { exact: true }).waitFor();
  expect((await api.call("GET", "/admin/inventory")).data).toEqual([]);

  await page.getByLabel("Choose a CSV file").setInputFiles([]);
  await page.getByLabel("Choose a CSV file").setInputFiles(file);
  await page.getByRole("button", { name: "Import 2 products" }).click();
  await page.getByRole("link", { name: "To the inventory" }).waitFor();

  // The same file once more: what changes nothing is folded away, and there is nothing to press.
  await page.getByLabel("Choose a CSV file").setInputFiles([]);
  await page.getByLabel("Choose a CSV file").setInputFiles(file);
  const unchanged = page.getByRole("table", { name: "Rows that change nothing" });
  await page.getByText("2 rows change nothing").waitFor();
  expect(await unchanged.isVisible()).toBe(false);
  expect(await page.getByRole("button", { name: "Nothing to import" }).isDisabled()).toBe(true);
  await page.getByText("2 rows change nothing").click();
  await unchanged.getByText("It would change nothing").first().waitFor();
  await owner.expectAccessible("import of what is there");
  await owner.go("/inventory");
  await page.getByRole("link", { name: "Stoneware mug" }).waitFor();
});

test("stock is changed in place, adjusted with a reason, and explains itself", async () => {
  const { page } = owner;
  await page.getByRole("button", { name: "On hand of Teapot" }).click();
  await page.getByRole("textbox", { name: "On hand of Teapot" }).fill("minus one");
  await page.keyboard.press("Enter");
  await page.getByText("Enter a whole number").waitFor();
  await page.getByRole("textbox", { name: "On hand of Teapot" }).fill("12");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "On hand of Teapot: 12" }).waitFor();

  await page.getByRole("link", { name: "Stoneware mug" }).click();
  await page.getByRole("button", { name: "Adjust stock…" }).click();
  await page.getByLabel("What happened").selectOption("damaged");
  await page.getByLabel("How many").fill("2");
  await page.getByRole("textbox", { name: "Note" }).fill("Dropped");
  await owner.expectAccessible("adjust");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByText("Stoneware mug: 3 on hand").waitFor();
  await page.getByText("Dropped").waitFor();

  await page.getByRole("button", { name: "Edit…" }).click();
  await page.getByLabel("Warn at").fill("2");
  await page.getByLabel("Price").fill("15,20");
  await owner.expectAccessible("edit product");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByText("€15.20").waitFor();
});

test("an order appears without a reload, with a notice, and opens a stock alert", async () => {
  const { page } = owner;
  await owner.go("/");
  await page.getByText("No orders yet").waitFor();
  const order = await api.order([{ sku: "MUG", quantity: 2 }]);
  await page.getByText(`New order ${order.id}`).waitFor();
  await page
    .getByRole("region", { name: "Newest orders" })
    .getByRole("link", { name: String(order.id), exact: true })
    .waitFor();
  await page.getByRole("link", { name: "1 product runs low" }).click();
  await page.getByRole("link", { name: "Stoneware mug" }).waitFor();

  // More of it comes in: the alert closes by itself.
  const mug = (await api.call("GET", "/admin/inventory?q=MUG")).data[0];
  await api.call("PUT", `/admin/inventory/${mug.id}`, { adjust: 20, reason: "received" });
  await page.getByText("Nothing matches these filters").or(page.getByText("Nothing runs low")).first().waitFor();
});

test("an order's address and notes are changed, and it is cancelled", async () => {
  const { page } = owner;
  const order = await api.order([{ sku: "POT", quantity: 1 }], "Grace Hopper");
  await owner.go(`/orders/${order.id}`);
  await page.getByRole("region", { name: "Customer" }).getByRole("button", { name: "Change" }).click();
  await page.getByLabel("Street and number").fill("");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.locator(".field", { hasText: "Street and number" }).locator(".fault").waitFor();
  await page.getByLabel("Street and number").fill("Neue Gasse 5");
  await owner.expectAccessible("address");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByText("Neue Gasse 5").waitFor();

  await page.getByRole("button", { name: "Add a note" }).click();
  await page.getByRole("textbox", { name: "Note" }).fill("Asked twice about the glaze");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByText("Asked twice about the glaze").waitFor();

  await page.getByRole("button", { name: "Cancel order…" }).click();
  await page.getByLabel("Reason").fill("Changed her mind");
  await owner.expectAccessible("cancel");
  await page.getByRole("button", { name: "Cancel the order" }).click();
  await page.getByText("Cancelled: Changed her mind").waitFor();
  await page.getByText("Nothing is owed.").waitFor();
  expect((await api.call("GET", `/admin/orders/${order.id}`)).status).toBe("cancelled");
  expect(await page.getByRole("button", { name: "Cancel order…" }).count()).toBe(0);
});

test("an order is paid, sent in two parcels, delivered, and partly refunded", async () => {
  const { page } = owner;
  const order = await api.order(
    [
      { sku: "MUG", quantity: 2 },
      { sku: "POT", quantity: 1 },
    ],
    "Emmy Noether",
  );
  await new Api(orderd.url).call(
    "POST",
    "/payments",
    {
      order_id: order.id,
      method: { type: "card", number: "4242424242424242", exp_month: 12, exp_year: 2035, cvc: "123" },
    },
    { Authorization: `Bearer ${order.access_token}` },
  );
  await owner.go(`/orders/${order.id}`);
  // Whoever works here must know that no money moves.
  await page.getByRole("complementary").getByText("simulates its card payments").waitFor();
  const payment = page.getByRole("region", { name: "Payment" });
  const parcels = page.getByRole("region", { name: "Parcels" });
  await payment.getByText("Paid", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Start packing" }).click();
  await page.getByRole("button", { name: "Start packing" }).waitFor({ state: "detached" });

  await parcels.getByRole("button", { name: "Fulfil…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Teapot").fill("7");
  await dialog.getByRole("button", { name: "Make the parcel" }).click();
  await dialog.getByRole("alert").or(dialog.locator(".fault")).first().waitFor();
  await dialog.getByLabel("Teapot").fill("0");
  await dialog.getByLabel("Weight").fill("800");
  await owner.expectAccessible("fulfil");
  await dialog.getByRole("button", { name: "Make the parcel" }).click();
  await dialog.waitFor({ state: "detached" });
  const first = parcels.getByRole("listitem").first();
  await first.getByText("2 × Stoneware mug").waitFor();
  const opened = owner.context.waitForEvent("page");
  await first.getByRole("link", { name: "Print label" }).click();
  await (await opened).close();
  const label = await page.request.get((await first.getByRole("link", { name: "Print label" }).getAttribute("href"))!);
  expect((await label.body()).subarray(0, 5).toString()).toBe("%PDF-");
  await first.getByRole("button", { name: "Mark shipped…" }).click();
  await dialog.getByText("It has left the house").waitFor();
  await owner.expectAccessible("mark shipped");
  // Nothing is said to anyone before that was confirmed.
  await dialog.getByRole("button", { name: "Keep as it is" }).click();
  expect((await api.call("GET", `/admin/orders/${order.id}`)).shipments[0].status).toBe("label_ready");
  await first.getByRole("button", { name: "Mark shipped…" }).click();
  await dialog.getByRole("button", { name: "Mark shipped" }).click();
  await page.getByText("The parcel is on its way").waitFor();
  await first.getByText("On its way").waitFor();
  await page.getByRole("heading", { level: 1 }).getByText("Partly shipped").waitFor();

  await parcels.getByRole("button", { name: "Fulfil…" }).click();
  await dialog.getByRole("button", { name: "Make the parcel" }).click();
  await dialog.waitFor({ state: "detached" });
  const second = parcels.getByRole("listitem").nth(1);
  // Until its label is there, it may change under the hand that voids it.
  await second.getByText("Label ready").waitFor();
  await second.getByRole("button", { name: "Void label…" }).click();
  await page.getByRole("button", { name: "Void the label" }).click();
  await second.getByText("Voided").waitFor();
  await parcels.getByRole("button", { name: "Fulfil…" }).click();
  await dialog.getByRole("button", { name: "Make the parcel" }).click();
  await dialog.waitFor({ state: "detached" });
  const third = parcels.getByRole("listitem").nth(2);
  await third.getByRole("button", { name: "Mark shipped…" }).click();
  await dialog.getByRole("button", { name: "Mark shipped" }).click();
  await third.getByText("On its way").waitFor();
  for (const parcel of [first, third]) {
    await parcel.getByRole("button", { name: "Mark delivered…" }).click();
    await dialog.getByRole("button", { name: "Mark delivered" }).click();
    await parcel.getByText("Delivered", { exact: true }).waitFor();
  }
  await page.getByRole("heading", { level: 1 }).getByText("Delivered").waitFor();
  expect(await parcels.getByRole("button", { name: "Fulfil…" }).count()).toBe(0);

  await payment.getByRole("button", { name: "Refund…" }).click();
  await dialog.getByLabel("Amount").fill("15.20");
  await dialog.getByLabel("Reason").fill("One mug was chipped");
  await owner.expectAccessible("refund");
  await dialog.getByRole("button", { name: "Refund", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await payment.getByText("One mug was chipped").waitFor();
  await payment.getByText("Partly refunded").waitFor();
  await owner.expectAccessible("an order with parcels and a refund");
  const history = page.getByRole("region", { name: "History" });
  await history.getByText("Payment refunded: €15.20, One mug was chipped").waitFor();
  await history
    .getByText(/^Parcel: delivered · \w+/)
    .first()
    .waitFor();
  expect(await history.getByText("Refund asked for").count()).toBe(0);
  const now = await api.call("GET", `/admin/orders/${order.id}`);
  expect(now.status).toBe("delivered");
  expect(now.payment.refunded).toBe(1520);
});

test("a bank transfer is recorded, and marked received; payments are listed by how they stand", async () => {
  const { page } = owner;
  const order = await api.order([{ sku: "POT", quantity: 1 }], "Lise Meitner");
  await owner.go(`/orders/${order.id}`);
  const payment = page.getByRole("region", { name: "Payment" });
  const dialog = page.getByRole("dialog");
  await payment.getByRole("button", { name: "Record a payment…" }).click();
  await dialog.getByRole("button", { name: "Record", exact: true }).click();
  await payment.getByRole("button", { name: "Mark received…" }).click();
  await dialog.getByLabel("Reference").fill("Statement 12");
  await owner.expectAccessible("payment received");
  await dialog.getByRole("button", { name: "Mark received", exact: true }).click();
  await payment.getByText("Statement 12").waitFor();
  await page.getByRole("heading", { level: 1 }).getByText("Paid").waitFor();

  await owner.go("/payments?gateway=manual");
  await page.getByRole("cell", { name: String(order.id) }).waitFor();
  await page.getByRole("navigation", { name: "Status" }).getByRole("link", { name: "Failed" }).click();
  await page.getByText("Nothing matches these filters").waitFor();
});

test("several orders are packed, sent and delivered at once, and all are exported", async () => {
  const { page } = owner;
  const orders: number[] = [];
  for (const name of ["Ida Rhodes", "Grete Hermann"]) {
    const order = await api.order([{ sku: "MUG", quantity: 1 }], name);
    const paid = await api.call("POST", "/payments", { order_id: order.id, method: { type: "bank_transfer" } });
    await api.call("POST", `/payments/${paid.id}/capture`, {});
    orders.push(order.id);
  }
  const parcelsAre = async (status: string) => {
    const found = await Promise.all(orders.map((id) => api.call("GET", `/admin/orders/${id}`)));
    return found.every((order) => order.shipments[0]?.status === status);
  };
  for (const [step, status] of [
    ["Fulfil", "label_ready"],
    ["Mark shipped", "in_transit"],
    ["Mark delivered", "delivered"],
  ] as const) {
    const chosen = page.getByRole("group", { name: "With the chosen rows" });
    if (step !== "Mark shipped") {
      await owner.go("/orders");
      for (const id of orders) await page.getByRole("checkbox", { name: `Choose ${id}` }).check();
    }
    if (step === "Fulfil") {
      await owner.expectAccessible("bulk");
      await chosen.getByRole("button", { name: step, exact: true }).click();
      await page.getByText("2 orders have their parcels").waitFor();
      // They stay chosen, for what comes next.
      await chosen.getByText("2 chosen").waitFor();
    } else if (step === "Mark shipped") {
      // It is taken back within its minute; then they are shipped at once.
      // "Mark shipped (1)" it is while the list has read of one label only.
      await chosen.getByRole("button", { name: step, exact: true }).click();
      await page.getByText("2 orders leave in a minute").waitFor();
      await page.getByRole("button", { name: "Undo" }).click();
      await page.getByText("2 orders are not shipped").waitFor();
      expect(await parcelsAre("label_ready")).toBe(true);
      await api.call("POST", "/orders/bulk/fulfillment", { order_ids: orders, status: "shipped" });
    } else {
      await chosen.getByRole("button", { name: `${step}…` }).click();
      const dialog = page.getByRole("dialog", { name: `${step}: 2 orders?` });
      await dialog.getByText("They have arrived").waitFor();
      expect(await parcelsAre(status)).toBe(false);
      await dialog.getByRole("button", { name: step }).click();
      await page.getByText("2 orders are delivered").waitFor();
      await chosen.waitFor({ state: "detached" });
    }
    await expect.poll(() => parcelsAre(status), { timeout: 45_000 }).toBe(true);
  }
  for (const id of orders) expect((await api.call("GET", `/admin/orders/${id}`)).status).toBe("delivered");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export" }).click();
  expect((await download).suggestedFilename()).toBe("orders.csv");
  // D9: what is shown is what is exported.
  for (const [screen, file] of [
    ["/orders?status=delivered", "/admin/orders/export?status=delivered"],
    ["/customers?q=mary", "/admin/customers/export?q=mary"],
  ] as const) {
    await owner.go(screen);
    expect(await page.getByRole("link", { name: "Export" }).getAttribute("href")).toBe(file);
  }
});

test("two people edit one thing: the second sees what changed, and chooses", async () => {
  const { page } = owner;
  const order = await api.order([{ sku: "POT", quantity: 1 }], "Mary Shelley");
  await owner.go(`/orders/${order.id}`);
  await page.getByRole("button", { name: "Add a note" }).click();
  await page.getByRole("textbox", { name: "Note" }).fill("Mine");
  await api.call("PUT", `/admin/orders/${order.id}`, { staff_note: "Theirs" });
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  const choice = page.getByRole("dialog", { name: "Someone saved before you" });
  await choice.getByText("Theirs", { exact: true }).waitFor();
  await owner.expectAccessible("conflict");
  // Nothing was overwritten unseen.
  expect((await api.call("GET", `/admin/orders/${order.id}`)).staff_note).toBe("Theirs");
  await choice.getByRole("radio", { name: "Yours" }).check();
  await choice.getByRole("button", { name: "Save like this" }).click();
  await choice.waitFor({ state: "detached" });
  await page.getByText("Mine", { exact: true }).waitFor();
  expect((await api.call("GET", `/admin/orders/${order.id}`)).staff_note).toBe("Mine");
});

test("two people change one product: the second sees what changed, and chooses", async () => {
  const { page } = owner;
  const mug = (await api.call("GET", "/admin/inventory?q=MUG")).data[0];
  await owner.go(`/inventory/${mug.id}`);
  await page.getByRole("button", { name: "Edit…" }).click();
  await page.getByLabel("Price").fill("16.00");
  await api.call("PUT", `/admin/inventory/${mug.id}`, { price: 1700, low_stock_threshold: 3 });
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  const choice = page.getByRole("dialog", { name: "Someone saved before you" });
  await choice.getByText("€17.00", { exact: true }).waitFor();
  await choice.getByRole("radio", { name: "Theirs" }).check();
  await choice.getByRole("button", { name: "Save like this" }).click();
  await choice.waitFor({ state: "detached" });
  const now = await api.call("GET", `/admin/inventory/${mug.id}`);
  expect([now.price, now.low_stock_threshold]).toEqual([1700, 3]);
});

test("a user is added, made a viewer, and signs in with a code of an authenticator", async () => {
  const { page } = owner;
  await owner.go("/users");
  await page.getByRole("button", { name: "Add a user" }).click();
  await page.getByLabel("Username").fill("ben");
  await page.getByLabel("First password").fill("harbour violin walnut nine");
  await page.getByRole("dialog").getByRole("button", { name: "Add" }).click();
  await page.getByRole("button", { name: "ben", exact: true }).waitFor();

  const ben = await Visitor.open(orderd.url);
  await ben.signIn("ben", "harbour violin walnut nine");
  await ben.go("/account");
  await ben.page.getByRole("button", { name: "Set up…" }).click();
  await ben.page.getByLabel("Your password").fill("harbour violin walnut nine");
  await ben.page.getByRole("button", { name: "Go on" }).click();
  await ben.page.getByRole("img", { name: /QR code/ }).waitFor();
  await ben.expectAccessible("QR code");
  const secret = (await ben.page.locator("dialog code").textContent())!.replace(/\s/g, "");
  await ben.page.getByLabel(/six digits/).fill(await codeOf(secret));
  await ben.page.getByRole("button", { name: "Turn on" }).click();
  await ben.page.locator(".recovery").waitFor();
  for (let times = 0; times < 3; times++) await ben.page.keyboard.press("Escape");
  const recovery = await ben.page.locator(".recovery code").first().textContent();
  await ben.page.getByRole("button", { name: "I have them" }).click();
  await ben.page.getByText("Signing in also needs a code").waitFor();
  await ben.page.getByRole("button", { name: "Sign out" }).click();
  await ben.page.getByLabel("Username").fill("ben");
  await ben.page.getByLabel("Password").fill("harbour violin walnut nine");
  await ben.page.getByRole("button", { name: "Sign in" }).click();
  await ben.page.getByLabel("Code from your authenticator").fill(recovery!);
  await ben.page.getByRole("button", { name: "Sign in" }).click();
  await ben.page.getByRole("navigation", { name: "Main" }).waitFor();
  expect(ben.complaints).toEqual([]);
  await ben.close();
});

test("an API key's secret is shown once, and a revoked key is refused", async () => {
  const { page } = owner;
  await owner.go("/api-keys");
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByLabel("What it is for").fill("Till");
  await page.getByLabel("Only parts of the API").check();
  await page.getByLabel("Orders").selectOption("read");
  await owner.expectAccessible("new key");
  await page.getByRole("button", { name: "Make", exact: true }).click();
  const secret = (await page.locator(".secret code").textContent())!;
  const asked = (what = "orders") =>
    fetch(`${orderd.url}/admin/${what}`, { headers: { Authorization: `Bearer ${secret}` } });
  expect((await asked()).status).toBe(200);
  expect((await asked("customers")).status).toBe(403);
  // It is not shown again, so no key closes it by mistake; the list behind it has the key already.
  for (let times = 0; times < 3; times++) await page.keyboard.press("Escape");
  expect(await page.locator(".secret code").textContent()).toBe(secret);
  await owner.expectAccessible("a key's secret");
  await page.getByRole("row", { name: /^Till/ }).waitFor();
  await page.getByRole("button", { name: "I have it" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(await page.content()).not.toContain(secret);
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByLabel("What it is for").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Revoke Till" }).click();
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await page.getByText("Revoked", { exact: true }).waitFor();
  expect((await asked()).status).toBe(401);
});

test("settings are changed, and a fault is told at its field", async () => {
  const { page } = owner;
  await owner.go("/settings");
  const taxes = page.getByRole("region", { name: "Taxes" });
  await taxes.getByRole("button", { name: "Add a rate" }).click();
  await taxes.getByLabel("Country").selectOption("DE");
  await taxes.getByLabel("Percent").fill("nineteen");
  await page.getByRole("button", { name: "Save" }).click();
  await taxes.getByText("Enter a number, such as 19").waitFor();
  await taxes.getByLabel("Percent").fill("19");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Settings saved").waitFor();
  expect((await api.call("GET", "/admin/settings")).tax.rates[0].rate_ppm).toBe(190_000);

  const stripe = page.getByRole("region", { name: "Stripe" });
  await stripe.getByLabel("Webhook signing secret").fill("whsec_of_tests");
  await page.getByRole("button", { name: "Save" }).click();
  await stripe.getByText("It is set.").waitFor();
  expect(await page.content()).not.toContain("whsec_of_tests");

  const mail = page.getByRole("region", { name: "E-mail" });
  expect(await mail.getByRole("button", { name: "Send a test" }).count()).toBe(0);
  await mail.getByLabel("Send customers e-mail").check();
  await mail.getByLabel("Mail server").fill("127.0.0.1");
  await mail.getByLabel("Security").selectOption("none");
  expect(await mail.getByLabel("Port").inputValue()).toBe("25");
  await mail.getByLabel("Port").fill("1");
  await mail.getByLabel("Mails come from").fill("nobody");
  await page.getByRole("button", { name: "Save" }).click();
  await mail.locator(".field", { hasText: "Mails come from" }).locator(".fault").waitFor();
  await mail.getByLabel("Mails come from").fill("shop@example.com");
  await page.getByRole("button", { name: "Save" }).click();
  await mail.getByLabel("Send a test mail").fill("anna@example.com");
  await mail.getByRole("button", { name: "Send a test" }).click();
  // No mail server is there: its error is told, in place.
  await mail.getByRole("alert").waitFor();
  expect(owner.complaints.splice(0)).toEqual([expect.stringContaining("503")]);
  await owner.expectAccessible("settings of mail");

  // Someone else saved in the meantime: their value and this one stand beside each other.
  await api.call("PUT", "/admin/settings", { reservation_minutes: 45 });
  const unpaid = page.getByRole("region", { name: "Unpaid orders" });
  await unpaid.getByLabel("Stock is held for").fill("90");
  await page.getByRole("button", { name: "Save" }).click();
  const choice = page.getByRole("dialog", { name: "Someone saved before you" });
  await choice.getByText("45", { exact: true }).waitFor();
  await choice.getByRole("radio", { name: "Yours" }).check();
  await choice.getByRole("button", { name: "Save like this" }).click();
  await choice.waitFor({ state: "detached" });
  await expect.poll(async () => (await api.call("GET", "/admin/settings")).reservation_minutes).toBe(90);

  await page.getByRole("region", { name: "The shop" }).getByLabel("Name", { exact: true }).fill("Tests & Daughters");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "Tests & Daughters" }).first().waitFor();
});

test("through all of it, the console was silent", () => {
  expect(owner.complaints).toEqual([]);
});

/** RFC 6238, as an authenticator app computes it. */
async function codeOf(secret: string): Promise<string> {
  const { createHmac } = await import("node:crypto");
  const bits = [...secret]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac("sha1", key).update(step).digest();
  const at = digest[19]! & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
