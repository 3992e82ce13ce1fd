// What the documentation's pages share: their style, and the script that searches and copies.

#include "api/docs.h"

namespace orderd::api {
namespace {

constexpr std::string_view kStyle = R"css(:root {
  color-scheme: light dark;
  --text: #1c2024; --soft: #5b6570; --line: #d9dee3; --page: #ffffff; --panel: #f5f7f9; --link: #0b5cad;
  --get: #0b6b3a; --post: #0b5cad; --put: #8a5300; --delete: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e6e9ec; --soft: #a3adb8; --line: #343b43; --page: #15181c; --panel: #1d2126; --link: #7db8f5;
    --get: #6fd39b; --post: #7db8f5; --put: #f0b35e; --delete: #ff9b93;
  }
}
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: 19rem minmax(0, 1fr); font: 16px/1.55 system-ui, sans-serif; color: var(--text); background: var(--page); }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.25rem; background: var(--panel); border-right: 1px solid var(--line); }
nav h1, nav .name { font-size: 1.25rem; font-weight: 700; margin: 0 0 1rem; }
nav h2 { font-size: .8rem; margin: 1.25rem 0 .25rem; color: var(--soft); }
nav ul { list-style: none; margin: 0; padding: 0; font-size: .85rem; }
nav li a { display: flex; gap: .5rem; padding: .2rem 0; color: inherit; text-decoration: none; overflow-wrap: anywhere; }
nav li a:hover, nav li a:focus-visible { text-decoration: underline; }
label { display: block; font-size: .85rem; color: var(--soft); }
input { width: 100%; font: inherit; padding: .45rem .6rem; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: .4rem; }
#found { margin: .25rem 0 0; min-height: 1.3em; font-size: .8rem; color: var(--soft); }
main { padding: 2rem clamp(1rem, 4vw, 4rem) 6rem; max-width: 68rem; }
main > section > h2 { margin-top: 2.5rem; }
article { border-top: 1px solid var(--line); padding: 1.25rem 0 1rem; scroll-margin-top: 1rem; }
article:target { box-shadow: -1rem 0 0 -0.75rem var(--link); }
h3 { margin: 0; font-size: 1.05rem; overflow-wrap: anywhere; }
h3 a { color: var(--soft); text-decoration: none; font-weight: normal; }
.guide { max-width: 50rem; } .guide h1 { font-size: 1.6rem; margin: .5rem 0; } .guide h2 { font-size: 1.15rem; margin: 2rem 0 .25rem; }
nav a[aria-current] { font-weight: 600; }
h4 { margin: 1rem 0 .35rem; font-size: .85rem; color: var(--soft); }
.method { font: 600 .75rem/1 ui-monospace, monospace; min-width: 3.6em; display: inline-block; }
.GET { color: var(--get); } .POST { color: var(--post); } .PUT { color: var(--put); } .DELETE { color: var(--delete); }
.problem { margin: .15rem 0; }
.who, .problems, small { color: var(--soft); font-size: .85rem; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .88em; }
pre { position: relative; background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1rem; overflow-x: auto; margin: .25rem 0; }
pre button { position: absolute; top: .4rem; right: .4rem; font: .75rem system-ui, sans-serif; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: .3rem; padding: .2rem .5rem; cursor: pointer; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th { text-align: left; font-weight: 600; color: var(--soft); }
th, td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
dt { font-weight: 600; margin-top: .6rem; } dd { margin: 0; }
details { margin: .25rem 0; } summary { cursor: pointer; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--page); padding: .5rem; z-index: 1; }
[hidden] { display: none !important; }
@media (max-width: 50rem) { body { display: block; } nav { position: static; height: auto; max-height: 50vh; border-right: 0; border-bottom: 1px solid var(--line); } }
@media print { nav { display: none; } body { display: block; } }
)css";

constexpr std::string_view kScript = R"js("use strict";

// The search: what does not have all the words is hidden, in the list and on the page.
const search = document.getElementById("search");
const found = document.getElementById("found");
const articles = [...document.querySelectorAll("article[data-words]")];
const links = new Map([...document.querySelectorAll("[data-group] li")].map((item) => [item.querySelector("a").hash.slice(1), item]));

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const article of articles) {
    const text = (article.dataset.words + " " + article.textContent).toLowerCase();
    article.hidden = !words.every((word) => text.includes(word));
    links.get(article.id).hidden = article.hidden;
    if (!article.hidden) shown += 1;
  }
  for (const group of document.querySelectorAll("[data-group]")) {
    group.hidden = ![...group.querySelectorAll("article, li")].some((one) => !one.hidden);
  }
  found.textContent = words.length === 0 ? "" : `${shown} of ${articles.length} routes`;
}
search?.addEventListener("input", filter); // guides have none
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && search && document.activeElement !== search) {
    event.preventDefault();
    search.focus();
  }
});

// What scrolls sideways is reached by the keyboard; what does not is no stop on its way.
const scrolling = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const scrolls = target.scrollWidth > target.clientWidth;
    for (const [name, value] of [["tabindex", "0"], ["role", "region"]]) {
      if (scrolls) target.setAttribute(name, value);
      else target.removeAttribute(name);
    }
    if (scrolls) target.setAttribute("aria-label", target.dataset.label);
    else target.removeAttribute("aria-label");
  }
});
for (const region of document.querySelectorAll("pre, .wide")) {
  region.dataset.label = region.getAttribute("aria-label");
  scrolling.observe(region);
}

// A button that copies, on each example.
if (navigator.clipboard) {
  for (const pre of document.querySelectorAll("pre")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(pre.querySelector("code").textContent);
      button.textContent = "Copied";
    });
    pre.append(button);
  }
}
)js";

}  // namespace

std::string_view docs_style() { return kStyle; }
std::string_view docs_script() { return kScript; }

}  // namespace orderd::api
