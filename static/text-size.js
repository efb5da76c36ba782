// The size of the text, in place: the address and the page's links and forms carry it on, so that nothing is stored.

const SIZES = 3;

/** How many times larger the text was made. */
export function sizeOf(document) {
  return Number(document.documentElement.dataset.size ?? 0);
}

/** Makes the text so many steps larger or smaller, and has every link and form of the page carry it on. */
function resize(document, step) {
  const size = Math.min(Math.max(sizeOf(document) + step, 0), SIZES);
  document.documentElement.dataset.size = String(size);
  for (const [selector, name] of [["a[href^='/']", "href"], ["form[action]", "action"], ["[formaction]", "formaction"]]) {
    for (const each of document.querySelectorAll(`${selector}:not([data-step])`)) {
      each.setAttribute(name, resized(each.getAttribute(name), size));
    }
  }
  history.replaceState(null, "", resized(location.href, size));
}

function resized(address, size) {
  const url = new URL(address, location.href);
  if (size) url.searchParams.set("size", size);
  else url.searchParams.delete("size");
  return `${url.pathname}${url.search}${url.hash}`;
}

document.addEventListener("click", (event) => {
  const step = event.target.closest("[data-step]");
  if (!step) return;
  event.preventDefault();
  resize(document, Number(step.dataset.step));
});

// A saved copy of a page knows no size; its address does.
const wanted = Number(new URLSearchParams(location.search).get("size")) || 0;
if (wanted > 0 && !sizeOf(document)) resize(document, wanted);
