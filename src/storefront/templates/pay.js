// Pays through Stripe's Payment Element. The card, or whatever is chosen, goes from the browser to Stripe: this shop gets a
// confirmation token, and its server decides what is charged. How a payment stands, the server says too, never the browser.
// Once Stripe's form was sent, it leads on to the bank, which the form itself may not (form-action).
// @ts-check
(() => {
  const sent = "orderd-paying";
  for (const text of document.querySelectorAll("p.needs-script")) text.remove();
  const fault = document.getElementById("online-fault");
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById("online"));
  const confirm = document.getElementById("confirm");

  /** Whether this page was just reached by Stripe's form: coming back to it later, nobody is led away again. */
  const justSent = () => {
    const was = sessionStorage.getItem(sent) === location.pathname;
    sessionStorage.removeItem(sent);
    return was;
  };

  const goesOn = justSent();
  if (confirm instanceof HTMLAnchorElement && goesOn) location.assign(confirm.href);
  if (!fault || (!form && !confirm?.dataset.secret)) return;
  const said = fault.dataset;

  /** @param {string | undefined} text */
  const complain = (text) => {
    fault.textContent = text ?? "";
    fault.hidden = !text;
    if (text) fault.scrollIntoView({ block: "center" });
  };

  /** @param {import("@stripe/stripe-js").Stripe} stripe */
  const offerWays = (stripe) => {
    if (!form) return;
    const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
    const elements = stripe.elements({
      mode: "payment",
      amount: Number(said.amount),
      currency: said.currency ?? "",
      captureMethod: said.capture === "manual" ? "manual" : "automatic",
    });
    const element = elements.create("payment");
    element.on("ready", () => {
      button.disabled = false;
    });
    element.on("loaderror", () => complain(said.failed));
    form.hidden = false;
    element.mount("#ways");

    const pay = async () => {
      const checked = await elements.submit();
      if (checked.error) throw new Error(checked.error.message);
      const made = await stripe.createConfirmationToken({ elements });
      if (made.error) throw new Error(made.error.message);
      /** @type {HTMLInputElement} */ (form.elements.namedItem("confirmation_token")).value = made.confirmationToken.id;
      sessionStorage.setItem(sent, location.pathname);
      form.submit();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (button.disabled) return;
      button.disabled = true;
      complain(undefined);
      pay().catch((error) => {
        sessionStorage.removeItem(sent);
        button.disabled = false;
        complain(error.message || said.failed);
      });
    });
  };

  /** @param {import("@stripe/stripe-js").Stripe} stripe */
  const offerConfirmation = (stripe) => {
    if (!(confirm instanceof HTMLButtonElement)) return;
    const ask = async () => {
      confirm.disabled = true;
      try {
        await stripe.handleNextAction({ clientSecret: confirm.dataset.secret ?? "" });
      } finally {
        location.assign("?back=true"); // whatever became of it: the server asks Stripe, and says so
      }
    };
    confirm.hidden = false;
    confirm.addEventListener("click", () => void ask());
    if (goesOn) void ask();
  };

  const script = document.createElement("script");
  script.src = said.script ?? "";
  script.addEventListener("error", () => complain(said.failed));
  script.addEventListener("load", () => {
    const make = /** @type {{ Stripe?: import("@stripe/stripe-js").StripeConstructor }} */ (window).Stripe;
    if (!make) return complain(said.failed);
    const stripe = make(said.key ?? "", { locale: /** @type {"en"} */ (said.language) });
    if (confirm) offerConfirmation(stripe);
    offerWays(stripe);
  });
  document.head.append(script);
})();
