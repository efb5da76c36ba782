// The parts of the page that change with each answer, and with the size of the text.

const SIZES = 3;
const HISTORY = 'input[name="history"]';

/** The questions that the page holds, oldest first. */
export function asked(talk) {
  return [...talk.querySelectorAll(HISTORY)].map((field) => field.value);
}

/** A hidden field of a form. */
export function hiddenField(document, name, value) {
  const field = document.createElement("input");
  return Object.assign(field, { type: "hidden", name, value });
}

/** The forms carry the question on, so that a switch of language keeps the talk; the oldest is let go of. */
export function carry(talk, form, text) {
  const { ownerDocument: document } = talk;
  const kept = [...asked(talk), text].slice(-talk.dataset.most);
  talk.querySelector('input[name="answer_in"]')?.remove();
  for (const each of [talk, form]) {
    each.querySelectorAll(HISTORY).forEach((field) => field.remove());
    each.prepend(...kept.map((question) => hiddenField(document, "history", question)));
  }
}

/** Shows the questions that can be asked next. */
export function offer(section, answer, heading) {
  const { ownerDocument: document } = section;
  section.hidden = !answer.suggestions.length;
  section.querySelector("h2").textContent = heading;
  const items = answer.suggestions.map((text) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.setAttribute("form", "talk");
    Object.assign(button, { name: "question", value: text, textContent: text, lang: answer.lang });
    item.append(button);
    return item;
  });
  section.querySelector("ul").replaceChildren(...items);
}

/** Shows the links below a talk, with the one that shares this question. */
export function offerLinks(links, text) {
  const url = new URL(links.querySelector(".share-answer").href);
  url.searchParams.set("question", text);
  links.querySelector(".share-answer").href = url;
  links.hidden = false;
}

/** How many times larger the text was made. */
export function sizeOf(document) {
  return Number(document.documentElement.dataset.size ?? 0);
}

/** Makes the text larger or smaller, and has every link and form of the page carry it on. */
export function resize(document, step) {
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
