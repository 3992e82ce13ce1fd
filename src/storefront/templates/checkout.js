// The checkout works without this script, by its buttons. With it, the prices follow what is chosen.
(() => {
  const form = document.querySelector("form.checkout");
  if (!form) return;
  const priced = new Set(["country", "region", "postal_code", "delivery", "code"]);
  let asked = 0;

  /** Takes over a part of the new page, with what was typed meanwhile. */
  const renew = (id, page) => {
    const before = document.getElementById(id);
    const after = page.getElementById(id);
    if (!before || !after) return;
    const focused = document.activeElement?.id;
    for (const field of before.querySelectorAll("input:not([type=hidden]):not([type=radio])")) {
      const same = after.querySelector(`[name="${field.name}"]`);
      if (same) same.value = field.value;
    }
    before.replaceWith(after);
    if (focused && focused !== document.activeElement?.id) document.getElementById(focused)?.focus();
  };

  /** The button stays the same one: somebody may be pressing it. */
  const renewButton = (page) => {
    const [before, after] = [document, page].map((of) => of.getElementById("order"));
    if (!before || !after) return renew("ordering", page);
    before.textContent = after.textContent;
    form.elements.expected_total.value = page.querySelector("[name=expected_total]").value;
  };

  form.addEventListener("change", async (event) => {
    const { name } = event.target;
    if (!priced.has(name)) return;
    const turn = ++asked;
    const body = new URLSearchParams(new FormData(form));
    body.set("action", "update");
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "text/html" } });
    if (!answer.ok || turn !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (name === "country" || name === "delivery") renew("address", page);
    for (const id of ["deliveries", "changed", "sums"]) renew(id, page);
    renewButton(page);
  });
})();
