import { createServer, type Server } from "node:http";

/** As much of EasyPost as buying a label takes: rates, labels, and one refusal where a test asks for it. */
export class EasyPost {
  static readonly key = "EZTK-of-tests";
  private shipments: any[] = [];
  bought = 0;
  refuseNext = false;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<EasyPost> {
    const server = createServer();
    const easypost = new EasyPost(server);
    server.on("request", (request, response) => {
      let body = "";
      request.on("data", (data) => (body += data));
      request.on("end", () => {
        const path = new URL(request.url!, easypost.url).pathname.replace(/^\/v2/, "");
        if (path.startsWith("/labels/")) {
          response.writeHead(200, { "Content-Type": "image/png" }).end(png);
          return;
        }
        const [status, json] = easypost.answer(request.method!, path, body ? JSON.parse(body) : undefined);
        response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(json));
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return easypost;
  }

  get url(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === "object" ? address!.port : 0}/v2`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(method: string, path: string, body: any): [number, unknown] {
    const [, , id, act] = path.split("/");
    if (method === "POST" && path === "/shipments") {
      const made = `shp_${this.shipments.length + 1}`;
      const rate = (service: string, price: string, days: number) => ({
        id: `rate_${made}_${service}`,
        carrier: "USPS",
        service,
        rate: price,
        currency: "USD",
        delivery_days: days,
      });
      this.shipments.push({
        ...body.shipment,
        id: made,
        reference: body.shipment.reference ?? null,
        rates: [rate("Priority", "7.58000", 2), rate("GroundAdvantage", "5.60", 4)],
        postage_label: null,
      });
      return [201, this.shipments.at(-1)];
    }
    const shipment = this.shipments.find((each) => each.id === id || (id && each.reference === id));
    if (!shipment) return [404, { error: { code: "NOT_FOUND" } }];
    if (act === "rerate") return [200, { rates: shipment.rates }];
    if (act === "buy") {
      if (this.refuseNext) {
        this.refuseNext = false;
        return [422, { error: { code: "SHIPMENT.POSTAGE.FAILURE" } }];
      }
      this.bought++;
      shipment.selected_rate = shipment.rates.find((rate: { id: string }) => rate.id === body.rate.id);
      shipment.postage_label = { label_url: this.url.replace("/v2", `/labels/${id}.png`) };
      shipment.tracking_code = "9400111202555842332669";
    }
    return [200, shipment];
  }
}

/** One grey dot. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
  "base64",
);
