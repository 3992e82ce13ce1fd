import type {
  ConfirmationTokenResult,
  CreateConfirmationToken,
  PaymentIntentResult,
  StripeConstructorOptions,
  StripeElementsOptionsMode,
  StripePaymentElementOptions,
} from "@stripe/stripe-js";

// A stand-in of Stripe.js, as far as the payment page calls it: typed by Stripe's own package, since the real one is never
// loaded in tests. It runs in the page, its fields in a frame of its server (stripe.ts), as Stripe's do.

const here = new URL((document.currentScript as HTMLScriptElement).src).origin;
type Listener = () => void;

/** Waits for what a frame of this server says. */
const told = (name: string, hear: (value: string) => void) =>
  window.addEventListener("message", ({ origin, data }) => {
    if (origin === here && data?.name === name) hear(data.value);
  });

function frame(path: string, title: string, into: Element): HTMLIFrameElement {
  const made = document.createElement("iframe");
  made.src = here + path;
  made.title = title;
  made.style.width = "100%";
  made.style.height = "6rem";
  into.append(made);
  return made;
}

function makeElements(options: StripeElementsOptionsMode) {
  let way = "";
  // The root tells the tests, who fill in what is in the frame, that this page has heard of it.
  const root = document.documentElement.dataset;
  delete root.way;
  told("way", (value) => {
    way = value;
    root.way = value;
  });
  return {
    options,
    way: () => way,
    create(_type: "payment", _options?: StripePaymentElementOptions) {
      const listeners: Record<string, Listener[]> = {};
      return {
        on(event: "ready" | "loaderror", listener: Listener) {
          listeners[event] = [...(listeners[event] ?? []), listener];
        },
        mount(selector: string) {
          const fields = frame("/fields", "Secure payment input frame", document.querySelector(selector)!);
          fields.addEventListener("load", () => {
            for (const listener of listeners.ready ?? []) listener();
          });
        },
      };
    },
    async submit(): Promise<{ error?: { message: string } }> {
      return way ? {} : { error: { message: "Your card number is incomplete." } };
    },
  };
}
type Elements = ReturnType<typeof makeElements>;

function makeStripe(key: string, _options?: StripeConstructorOptions) {
  return {
    elements: makeElements,
    async createConfirmationToken(
      asked: Omit<CreateConfirmationToken, "elements"> & { elements: Elements },
    ): Promise<Pick<ConfirmationTokenResult, "error"> & { confirmationToken?: { id: string } }> {
      const { amount, currency, captureMethod, mode } = asked.elements.options;
      const answer = await fetch(`${here}/v1/confirmation_tokens`, {
        method: "POST",
        headers: { Authorization: `Bearer ${key}` },
        body: new URLSearchParams({
          way: asked.elements.way(),
          mode: String(mode),
          amount: String(amount),
          currency: String(currency),
          capture_method: String(captureMethod),
        }),
      });
      return { confirmationToken: await answer.json() };
    },
    async handleNextAction({ clientSecret }: { clientSecret: string }): Promise<Partial<PaymentIntentResult>> {
      const asks = frame(`/challenge?client_secret=${clientSecret}`, "3D Secure", document.body);
      await new Promise<string>((decided) => told("decided", decided));
      asks.remove();
      return {};
    },
  };
}

Object.assign(window, { Stripe: makeStripe });
