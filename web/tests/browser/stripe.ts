import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import typescript from "typescript";

interface Intent {
  id: string;
  client_secret: string;
  amount: number;
  amount_received: number;
  currency: string;
  status: string;
  way: string;
  return_url: string;
  metadata: Record<string, string>;
  [more: string]: unknown;
}

const known = new Set(
  "amount currency confirm capture_method return_url description metadata expand confirmation_token automatic_payment_methods".split(
    " ",
  ),
);

/**
 * As much of Stripe as paying on the shop's page takes: its script (stripe-js.ts) with its frames, its API, a bank. What
 * StripeLike of the C++ tests refuses, it refuses too: another version, unknown parameters, a token twice.
 */
export class Stripe {
  static readonly key = "sk_test_of_browser_tests";
  static readonly publishableKey = "pk_test_of_browser_tests";
  readonly intents: Intent[] = [];
  private readonly tokens = new Map<string, URLSearchParams>();
  private drawn = 0;
  private readonly script: string;

  private constructor(private readonly server: Server) {
    const source = readFileSync(fileURLToPath(new URL("stripe-js.ts", import.meta.url)), "utf8");
    const { ES2022 } = typescript.ScriptTarget;
    const { ESNext } = typescript.ModuleKind;
    const { outputText } = typescript.transpileModule(source, { compilerOptions: { target: ES2022, module: ESNext } });
    this.script = `(() => {${outputText.replace(/^export \{\};?$/m, "")}})();`;
  }

  static async start(): Promise<Stripe> {
    const server = createServer();
    const stripe = new Stripe(server);
    server.on("request", (request, response) => {
      let body = "";
      request.on("data", (data) => (body += data));
      request.on("end", () => stripe.answer(request, new URLSearchParams(body), response));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return stripe;
  }

  get url(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === "object" ? address!.port : 0}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** What a customer, or a bank days later, decides. */
  decide(intent: Intent, approved: boolean): void {
    if (!["requires_action", "processing"].includes(intent.status)) return;
    if (approved) {
      this.land(intent);
    } else {
      intent.status = "requires_payment_method";
      intent.last_payment_error = { code: "payment_intent_authentication_failure" };
    }
  }

  private answer(request: IncomingMessage, form: URLSearchParams, response: ServerResponse): void {
    const at = new URL(request.url!, this.url);
    const say = (status: number, body: string, type: string) =>
      response
        .writeHead(status, {
          "Content-Type": type,
          "Access-Control-Allow-Origin": "*",
          "Access-Control-Allow-Headers": "Authorization",
        })
        .end(body);
    const html = (body: string) => say(200, `<!doctype html><title>Stripe</title>${body}`, "text/html");
    if (request.method === "OPTIONS") return void say(204, "", "text/plain");
    if (at.pathname === "/stripe.js") return void say(200, this.script, "text/javascript");
    if (at.pathname === "/fields") return void html(fields);
    if (at.pathname === "/challenge") return void html(challenge(at.searchParams.get("client_secret")!));
    if (at.pathname === "/decide" || at.pathname.startsWith("/bank/")) {
      const secret = form.get("client_secret");
      const intent = this.intents.find(
        ({ id, client_secret }) => client_secret === secret || at.pathname.endsWith(id),
      )!;
      if (request.method === "GET") return void html(bank);
      this.decide(intent, form.get("decision") === "approve");
      if (secret) return void html('<script>parent.postMessage({ name: "decided", value: "" }, "*")</script>');
      const back = `${intent.return_url}&payment_intent=${intent.id}&redirect_status=succeeded`;
      return void response.writeHead(303, { Location: back }).end();
    }
    const [status, json] = this.api(request, at, form);
    say(status, JSON.stringify(json), "application/json");
  }

  private api(request: IncomingMessage, at: URL, form: URLSearchParams): [number, unknown] {
    const refused = (message: string): [number, unknown] => [
      400,
      { error: { type: "invalid_request_error", message } },
    ];
    const { authorization } = request.headers;
    if (at.pathname === "/v1/confirmation_tokens") {
      if (authorization !== `Bearer ${Stripe.publishableKey}`) return [401, { error: {} }];
      const id = `ctoken_${++this.drawn}`;
      this.tokens.set(id, form);
      return [200, { id, object: "confirmation_token" }];
    }
    if (authorization !== `Bearer ${Stripe.key}`) return [401, { error: {} }];
    if (request.headers["stripe-version"] !== "2025-03-31.basil") return refused("another version");
    const [, , what, id, act] = at.pathname.split("/");
    if (what !== "payment_intents") return [200, { data: [], has_more: false }];
    if (!id && request.method === "GET") return [200, { data: this.intents, has_more: false }];
    if (!id) return this.make(form, refused);
    const intent = this.intents.find((one) => one.id === id);
    if (!intent) return [404, { error: { code: "resource_missing" } }];
    if (act === "cancel" && intent.status === "requires_action") intent.status = "canceled";
    return [200, intent];
  }

  private make(form: URLSearchParams, refused: (message: string) => [number, unknown]): [number, unknown] {
    const unknown = [...form.keys()].find((name) => !known.has(name.replace(/\[.*/, "")));
    if (unknown) return refused(`unknown parameter ${unknown}`);
    const token = this.tokens.get(form.get("confirmation_token") ?? "");
    if (!token) return refused("an unknown confirmation token, or one that was used");
    this.tokens.delete(form.get("confirmation_token")!);
    for (const same of ["amount", "currency", "capture_method"])
      if (token.get(same) !== form.get(same)) return refused(`the Elements had another ${same}`);
    if (
      form.get("confirm") !== "true" ||
      form.get("automatic_payment_methods[enabled]") !== "true" ||
      !form.get("return_url")
    )
      return refused("confirm, automatic_payment_methods and return_url are needed");
    const id = `pi_${++this.drawn}`;
    const intent: Intent = {
      id,
      object: "payment_intent",
      client_secret: `${id}_secret_${++this.drawn}`,
      amount: Number(form.get("amount")),
      amount_received: 0,
      currency: form.get("currency")!,
      created: Math.floor(Date.now() / 1000),
      status: "requires_confirmation",
      way: token.get("way")!,
      return_url: form.get("return_url")!,
      metadata: Object.fromEntries(
        [...form].filter(([name]) => name.startsWith("metadata[")).map(([name, value]) => [name.slice(9, -1), value]),
      ),
      next_action: null,
      latest_charge: null,
    };
    this.intents.push(intent);
    if (intent.way === "declined") {
      intent.status = "requires_payment_method";
      return [402, { error: { type: "card_error", code: "card_declined", payment_intent: intent } }];
    }
    if (intent.way === "3ds" || intent.way === "bank") {
      intent.status = "requires_action";
      intent.next_action =
        intent.way === "3ds"
          ? { type: "use_stripe_sdk", use_stripe_sdk: {} }
          : {
              type: "redirect_to_url",
              redirect_to_url: { url: `${this.url}/bank/${id}`, return_url: intent.return_url },
            };
    } else if (intent.way === "debit") {
      intent.status = "processing";
    } else {
      this.land(intent);
    }
    return [200, intent];
  }

  private land(intent: Intent): void {
    const card = { type: "card", card: { brand: "visa", last4: "4242" } };
    intent.status = "succeeded";
    intent.amount_received = intent.amount;
    intent.next_action = null;
    intent.latest_charge = {
      id: `ch_${++this.drawn}`,
      payment_method_details: ["bank", "debit"].includes(intent.way) ? { type: intent.way } : card,
    };
  }
}

const fields = `<label>Pay with <select id="way"><option value="">…<option value="card">Visa<option value="declined">A card that is
declined<option value="3ds">A card with 3-D Secure<option value="bank">A bank<option value="debit">A debit</select></label>
<script>way.onchange = () => parent.postMessage({ name: "way", value: way.value }, "*")</script>`;

const choices = `<button name="decision" value="approve">Complete</button> <button name="decision" value="fail">Fail</button>`;
const challenge = (secret: string) =>
  `<form method="post" action="/decide"><input type="hidden" name="client_secret" value="${secret}">${choices}</form>`;
const bank = `<h1>A bank</h1><form method="post">${choices}</form>`;
