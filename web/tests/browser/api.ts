const card = (number: string) => ({ type: "card", number, exp_month: 12, exp_year: 2035, cvc: "123" });

/** The API as another program would use it: what happens in the shop while the dashboard looks on. */
export class Api {
  private token = "";
  constructor(readonly url: string) {}

  async signIn(username: string, password: string): Promise<this> {
    const answer = await this.call("POST", "/auth/login", { username, password });
    this.token = answer.access_token as string;
    return this;
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<any> {
    const answer = await fetch(this.url + path, {
      method,
      headers: {
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(this.token && { Authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  /** A guest places an order, and pays it. */
  async paidOrder(items: { sku: string; quantity: number }[], name?: string, more: object = {}) {
    const order = await this.order(items, name, more);
    await this.call("POST", "/payments", { order_id: order.id, method: card("4242424242424242") });
    return order;
  }

  /** A guest places an order, and the card is declined. */
  async declinedOrder(items: { sku: string; quantity: number }[]) {
    const order = await this.order(items);
    await this.call("POST", "/payments", { order_id: order.id, method: card("4000000000000002") }).catch(
      (error: Error) => {
        if (!error.message.includes("402")) throw error;
      },
    );
    return order;
  }

  /** A guest places an order. */
  order(items: { sku: string; quantity: number }[], name = "Ada Lovelace", more: object = {}) {
    return new Api(this.url).call("POST", "/orders", {
      customer: {
        name,
        email: `${name.toLowerCase().replace(/\W+/g, ".")}@example.com`,
        phone: "+49 30 5550100",
        shipping_address: {
          line1: "Musterweg 1",
          line2: "",
          city: "Berlin",
          region: "",
          postal_code: "10115",
          country: "DE",
        },
      },
      items,
      ...more,
    });
  }
}
