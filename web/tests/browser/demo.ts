import { type Orderd, startOrderd } from "../support/orderd.mjs";
import { Api } from "./api";
import { Visitor } from "./browser";

export const password = "a long password of tests";

/** Its own demo shop: its API as the owner, and someone who is signed in to its dashboard. */
export interface Demo {
  orderd: Orderd;
  api: Api;
  visitor: Visitor;
  close: () => Promise<void>;
}

/** Two products of a test's own: what the demo's customers left of others is chance. */
export async function addProducts(api: Api): Promise<void> {
  for (const [sku, name, price] of [
    ["T-MUG", "Stoneware mug", 1450],
    ["T-POT", "Teapot of clay", 4200],
  ])
    await api.call("POST", "/admin/inventory", { sku, name, price, quantity: 100, weight_g: 400 });
}

/** @param as who looks at the dashboard: its owner, or one of the staff, who is called that */
export async function openDemo({ as = "owner", extra = [] as string[] } = {}): Promise<Demo> {
  const orderd = await startOrderd("demo", ["--password", password, ...extra]);
  let visitor: Visitor | undefined;
  const close = async () => {
    await visitor?.close();
    await orderd.stop();
  };
  try {
    const api = await new Api(orderd.url).signIn("owner", password);
    if (as !== "owner") await api.call("POST", "/admin/users", { username: as, password, role: as });
    visitor = await Visitor.open(orderd.url);
    await visitor.signIn(as, password);
    return { orderd, api, visitor, close };
  } catch (error) {
    await close();
    throw error;
  }
}
