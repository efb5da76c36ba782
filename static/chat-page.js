// The parts of the page that change with each answer.

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

/** The forms carry the question on, so that a switch of language keeps the talk; the oldest are let go of. */
export function carry(talk, form, text) {
  const { ownerDocument: document } = talk;
  const kept = fitting([...asked(talk), text], talk.dataset);
  talk.querySelector('input[name="answer_in"]')?.remove();
  for (const each of [talk, form]) {
    each.querySelectorAll(HISTORY).forEach((field) => field.remove());
    each.prepend(...kept.map((question) => hiddenField(document, "history", question)));
  }
}

// The newest, as many as are shown and as a request has room for: in a form as the server counts them (talk.py), and
// in JSON, which is never shorter.
function fitting(questions, { most, room, field }) {
  const bytes = (text) => new TextEncoder().encode(JSON.stringify(text)).length + Number(field);
  let left = Number(room);
  const tooMany = questions.slice(-most).findLastIndex((text) => (left -= bytes(text)) < 0);
  return questions.slice(-most).slice(tooMany + 1);
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
