import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Visitor } from "./browser";
import { type Demo, openDemo } from "./demo";
import { MailServer } from "./mail-server";

// Markup in every text that anybody may give the shop: it is shown as it was typed, and never becomes an element, on
// any screen of the dashboard, any page of the shop, in mails or in PDFs. The policy against scripts would stop one that
// ran; here the elements themselves are looked for.

const markup = `"'></script></style><b class=xss>`;
const short = `<b class=xss>`;

type Json = any;
let folder: string;
let mailServer: MailServer;
let demo: Demo;
let document: Json;
/** What took markup, as "POST /orders /customer/name"; and what refused it. */
const taken: string[] = [];
const refused: string[] = [];
const made: Record<string, Json> = {};

const resolved = (schema: Json): Json =>
  schema?.$ref
    ? resolved(
        schema.$ref
          .slice(2)
          .split("/")
          .reduce((node: Json, name: string) => node[name], document),
      )
    : schema;

/** The schema, or the one of its choices that an object, a list or a text can be. */
function only(schema: Json, type: string): Json | undefined {
  const all = [resolved(schema)].flatMap((one) => one?.oneOf ?? one?.anyOf ?? [one]).map(resolved);
  return all.find((one) => one && [one.type].flat().includes(type));
}

/** The body with markup in each of its texts, also those that it does not have yet. */
function withMarkup(body: Json, schema: Json, where: string, fields: string[]): Json {
  const text = only(schema, "string");
  if (text && (body === undefined || body === null || typeof body === "string")) {
    const room = text.maxLength ?? Number.POSITIVE_INFINITY;
    if (text.enum || text.const || text.format || text.pattern || room < short.length) return body;
    fields.push(where);
    return room < markup.length ? short : markup;
  }
  const list = only(schema, "array");
  if (list && Array.isArray(body))
    return body.map((item, i) => withMarkup(item, list.items ?? {}, `${where}/${i}`, fields));
  const object = only(schema, "object");
  if (!object || body === undefined || body === null || typeof body !== "object") return body;
  const filled = { ...body };
  for (const [name, member] of Object.entries<Json>(object.properties ?? {})) {
    const value = withMarkup(body[name], member, `${where}/${name}`, fields);
    if (value !== undefined) filled[name] = value;
  }
  return filled;
}

/** Puts a member back to what it was before. */
function putBack(body: Json, before: Json, pointer: string): void {
  const path = pointer.split("/").slice(1);
  const last = path.pop()!;
  for (const name of path) {
    body = body?.[name];
    before = before?.[name];
  }
  if (body === undefined || body === null) return;
  if (before?.[last] === undefined) delete body[last];
  else body[last] = before[last];
}

/** Sends a body with markup in all of its texts; those that are refused at their field keep what they had. */
async function send(operation: string, path: string, body: Json, except: string[] = []): Promise<Json> {
  const [method, route] = operation.split(" ") as [string, string];
  const schema = document.paths[route][method.toLowerCase()].requestBody.content["application/json"].schema;
  const fields: string[] = [];
  const filled = structuredClone(withMarkup(body, schema, "", fields));
  const no = new Set(except);
  for (const pointer of except) putBack(filled, body, pointer);
  for (let tries = 0; tries < 30; tries++) {
    const answer = await fetch(demo.orderd.url + path, {
      method,
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${made.token}` },
      body: JSON.stringify(filled),
    });
    const said: Json = await answer.json();
    if (answer.ok) {
      for (const field of fields) (no.has(field) ? refused : taken).push(`${operation} ${field}`);
      return said;
    }
    if (!said.errors?.length) throw new Error(`${operation}: ${answer.status} ${JSON.stringify(said)}`);
    for (const { pointer } of said.errors) {
      if (no.has(pointer)) throw new Error(`${operation}: refused without markup too: ${JSON.stringify(said)}`);
      no.add(pointer);
      putBack(filled, body, pointer);
    }
  }
  throw new Error(`${operation} was refused again and again`);
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const address = { line1: "Weg 1", line2: "", city: "Berlin", region: "", postal_code: "10115", country: "DE" };

async function fillShop(): Promise<void> {
  const { api } = demo;
  await mailServer.receive(api);
  const { storefront, seller, shop_address } = await api.call("GET", "/admin/settings");
  await send("PUT /admin/settings", "/admin/settings", {
    shop_name: "",
    bank_details: "",
    shop_address: shop_address ?? address,
    seller,
    storefront: { ...storefront, links: [{ text: "More", url: "https://example.com/" }] },
  });
  made.collection = await send("POST /admin/collections", "/admin/collections", { name: "All" });
  const options = [{ name: "Size", values: ["S"] }];
  made.group = await send("POST /admin/product-groups", "/admin/product-groups", {
    name: "Shirt",
    options,
    generate: { price: 100 },
  });
  made.product = await send("POST /products", "/products", { sku: "XSS", name: "", price: 1250, quantity: 40 });
  await api.call("PUT", `/admin/inventory/${made.product.id}`, { collections: [made.collection.id] }).catch(() => {});
  await send("PUT /admin/inventory/{id}", `/admin/inventory/${made.product.id}`, { adjust: 1, reason: "received" });
  await send("POST /admin/delivery-methods", "/admin/delivery-methods", {
    name: "Parcel",
    names: { de: "Paket" },
    kind: "shipping",
    zones: [{ places: [{ country: "*" }], bands: [{ from: 0, to: null, price: 490 }] }],
  });
  await send("POST /admin/discount-codes", "/admin/discount-codes", {
    code: "XSS10",
    kind: "percent",
    rate_ppm: 100000,
  });
  await send("POST /admin/webhooks", "/admin/webhooks", { url: "http://127.0.0.1:9/hook", events: ["*"] }, ["/url"]);
  await send("POST /admin/api-keys", "/admin/api-keys", { label: "", role: "staff" });
}

async function fillOrders(): Promise<void> {
  const { api } = demo;
  const order = async (quantity: number) =>
    send("POST /orders", "/orders", {
      customer: { name: "", email: "xss@example.com", phone: "+49 30 1", shipping_address: address },
      billing: { name: "", company: "", vat_id: "", address },
      items: [{ product_id: made.product.id, quantity }],
      note: "",
    });
  made.order = await order(2);
  await send("PUT /admin/orders/{id}", `/admin/orders/${made.order.id}`, { staff_note: "" });
  made.cancelled = await order(1);
  await send("POST /orders/{id}/cancel", `/orders/${made.cancelled.id}/cancel`, { reason: "" });
  made.shipped = await order(3);
  const payment = await api.call("POST", "/payments", {
    order_id: made.shipped.id,
    method: { type: "bank_transfer" },
  });
  await send("POST /payments/{id}/capture", `/payments/${payment.id}/capture`, { reference: "" });
  await send("POST /payments/{id}/refunds", `/payments/${payment.id}/refunds`, { amount: 100, reason: "" });
  const item_id = made.shipped.items[0].id;
  made.shipment = await send(
    "PUT /orders/{id}/fulfillment",
    `/orders/${made.shipped.id}/fulfillment`,
    {
      carrier: "local",
      service: "standard",
      parcel: { weight_g: 500 },
      items: [{ item_id, quantity: 3 }],
    },
    ["/carrier", "/service", "/status"],
  );
  const status = async () => (await api.call("GET", `/shipments/${made.shipment.id}`)).status;
  for (let tries = 0; (await status()) === "label_pending" && tries < 200; tries++) await pause(100);
  await api.call("PUT", `/orders/${made.shipped.id}/fulfillment`, { status: "shipped" });
  await send("POST /shipments/{id}/events", `/shipments/${made.shipment.id}/events`, { status: "out_for_delivery" });
  await send("POST /orders/{id}/returns", `/orders/${made.shipped.id}/returns`, {
    items: [{ item_id, quantity: 1 }],
    reason: "",
    restock: true,
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "orderd-xss-"));
  mailServer = await MailServer.start();
  demo = await openDemo({ extra: ["--private-webhooks"] });
  document = await (await fetch(`${demo.orderd.url}/openapi.json`)).json();
  made.token = (
    await demo.api.call("POST", "/auth/login", { username: "owner", password: "a long password of tests" })
  ).access_token;
  await fillShop();
  await fillOrders();
});
afterAll(async () => {
  await demo?.close();
  mailServer?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What became an element on the page that is open; and whether markup is there to be read. */
async function lookAt(visitor: Visitor): Promise<boolean> {
  const found = await visitor.page.evaluate(() => ({
    elements: [...window.document.querySelectorAll(".xss")].map((element) => element.parentElement!.outerHTML),
    links: [...window.document.querySelectorAll("[href^='javascript:'], [src^='javascript:']")].length,
    isRead:
      window.document.body.innerText.includes("<b class=xss>") ||
      [...window.document.querySelectorAll<HTMLInputElement>("input, textarea")].some((field) =>
        field.value.includes("<b class=xss>"),
      ),
  }));
  expect(found.elements, visitor.page.url()).toEqual([]);
  expect(found.links, visitor.page.url()).toBe(0);
  return found.isRead;
}

/**
 * Opens these addresses, and what they link to, a few of each kind. @returns the kinds where markup was read
 *
 * @param wanted  which addresses belong to what is looked at
 */
async function walk(visitor: Visitor, from: string[], wanted: (path: string) => boolean): Promise<Set<string>> {
  const kindOf = (path: string) =>
    path
      .replace(/\?.*/, "")
      .replace(/^\/([pc])\/[^/]+/, "/$1/:handle")
      .replace(/\/(\d+|[\w-]{22,})(?=\/|$)/g, "/:id");
  const opened = new Map<string, number>();
  const known = new Set(from);
  const read = new Set<string>();
  for (const path of known) {
    const kind = kindOf(path);
    const count = opened.get(kind) ?? 0;
    if (count >= 2 && !from.includes(path)) continue;
    opened.set(kind, count + 1);
    const answer = await visitor.page.goto(path);
    if (!answer!.headers()["content-type"]?.startsWith("text/html")) continue;
    await visitor.settled();
    if (await lookAt(visitor)) read.add(kind);
    const links = await visitor.page.evaluate(() =>
      [...window.document.querySelectorAll<HTMLAnchorElement>("a[href]")]
        .filter((link) => link.origin === location.origin && !link.download)
        .map((link) => link.pathname + link.search),
    );
    for (const link of links) if (wanted(link)) known.add(link);
  }
  return read;
}

test("every free text of what fills a shop took the markup, or refused it at its field", () => {
  expect(taken.length).toBeGreaterThan(40);
  // What has a form of its own is refused; a name or a note never is.
  for (const field of refused) expect(field).not.toMatch(/name$|note$|reason$|line1$|city$|description$/);
});

test("no screen of the dashboard makes elements of it", async () => {
  const screens = [
    "/dashboard/",
    `/dashboard/orders/${made.order.id}`,
    `/dashboard/orders/${made.cancelled.id}`,
    `/dashboard/orders/${made.shipped.id}`,
    `/dashboard/inventory/${made.product.id}`,
    `/dashboard/inventory/groups/${made.group.id}`,
    `/dashboard/orders?q=${encodeURIComponent(short)}`,
  ];
  const read = await walk(demo.visitor, screens, (path) => path.startsWith("/dashboard"));
  for (const kind of [
    "orders",
    "orders/:id",
    "inventory",
    "inventory/:id",
    "customers",
    "settings",
    "delivery",
    "mails",
  ])
    expect([...read], kind).toContain(`/dashboard/${kind}`);
  expect(demo.visitor.complaints).toEqual([]);
});

test("no page of the shop makes elements of it", async () => {
  const visitor = await Visitor.open(demo.orderd.url);
  try {
    const pages = await visitor.page.request.get(`/products?q=xss`);
    const { data } = await pages.json();
    expect(data.length).toBeGreaterThan(0);
    const links = [made.order, made.shipped, made.cancelled].map(({ receipt_url }) => new URL(receipt_url).pathname);
    const own = (await demo.api.call("GET", `/admin/orders/${made.order.id}`)) as Json;
    const local = (url: unknown) => (typeof url === "string" ? [new URL(url).pathname] : []);
    const from = [
      "/",
      `/?q=${encodeURIComponent(short)}`,
      `/c/${made.collection.handle}`,
      `/p/${made.product.handle}`,
      `/p/${made.group.handle}`,
      "/checkout?items=XSS:1",
      "/withdraw",
      ...links,
      ...local(own.page_url),
      ...local(own.payment_url),
    ];
    const read = await walk(visitor, from, (path) => !/^\/(dashboard|docs|openapi|admin)|\/documents\//.test(path));
    for (const kind of ["/", "/p/:handle", "/c/:handle", "/checkout", "/pay/:id", "/receipt/:id"])
      expect([...read], kind).toContain(kind);
    expect(visitor.complaints).toEqual([]);
  } finally {
    await visitor.close();
  }
});

test("no mail makes elements of it", async () => {
  await expect
    .poll(
      async () =>
        (await demo.api.call("GET", "/admin/mails?limit=100")).data.filter((mail: Json) => mail.status !== "sent"),
      {
        timeout: 60_000,
      },
    )
    .toEqual([]);
  const { mails } = mailServer;
  expect(mails.length).toBeGreaterThan(4);
  const { page } = demo.visitor;
  await page.goto("about:blank");
  for (const mail of mails) {
    expect(mail.html).toContain("&lt;b class=xss&gt;");
    await page.setContent(mail.html);
    await lookAt(demo.visitor);
  }
});

test("a document prints it as it was typed", async () => {
  const { data } = await demo.api.call("GET", `/admin/documents?order_id=${made.shipped.id}`);
  expect(data.length).toBeGreaterThan(0);
  for (const { id } of data) {
    const answer = await fetch(`${demo.orderd.url}/admin/documents/${id}.pdf`, {
      headers: { Authorization: `Bearer ${made.token}` },
    });
    const file = join(folder, `${id}.pdf`);
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
    execFileSync("qpdf", ["--check", file]);
    expect(execFileSync("pdftotext", ["-layout", file, "-"]).toString()).toContain("class=xss");
  }
});
