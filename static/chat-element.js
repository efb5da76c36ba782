// An answer of the API -> elements, made from the moulds in the page. What comes from the answer goes in as text alone.

const LIST_ITEM = /^\s*(?:\d{1,9}[.)]|[-*+])\s+/;
const NUMBER = /^\s*\d/;

/** The article of an answer. `size`: the page's text size, carried on by its links. */
export function answerElement(document, answer, size) {
  const article = mould(document, `template[data-mould="${CSS.escape(answer.lang)}"]`);
  article.className = `answer kind-${answer.kind}`;
  for (const kind of article.querySelectorAll("[data-kind]")) {
    if (kind.dataset.kind !== answer.kind) kind.remove();
  }
  textOrNothing(slot(article, "notice"), answer.notice);
  each(slot(article, "quote"), answer.quotes, (figure, quote) => fillQuote(figure, quote, answer.lang, size));
  list(slot(article, "actions"), answer.actions, fillAction);
  list(slot(article, "pictures"), answer.pictures, fillPicture);
  return article;
}

/** The answer in plain text, for those who listen. */
export function answerText(article) {
  const said = article.querySelectorAll(".kind, .notice, .quote > blockquote, .call, img");
  return [...said].map((each) => spoken(each).trim()).filter(Boolean).join(" ");
}

/** The words of an element, its blocks and list items parted. */
export function spoken(element) {
  if (element.alt !== undefined) return element.alt;
  const blocks = element.querySelectorAll("li, p");
  const parts = blocks.length ? [...blocks] : [element];
  return parts.map((part) => part.textContent.replace(/\s+/g, " ").trim()).join("\n");
}

/** A copy of the first element in a template. */
export function mould(document, selector) {
  const template = document.querySelector(selector);
  if (!template) throw new Error(`no ${selector} in the page; the server leaves it out where it lacks the language`);
  return document.importNode(template.content.firstElementChild, true);
}

function fillQuote(figure, quote, lang, size) {
  const { document: source, original } = quote;
  const heading = slot(figure, "heading");
  const title = slot(figure, "title");
  heading.textContent = quote.section.heading;
  title.textContent = source.title;
  heading.lang = title.lang = quote.lang;
  slot(figure, "publisher").textContent = source.publisher;
  if (single(figure.ownerDocument, source.id)) slot(figure, "others").remove();
  if (source.as_of) slot(figure, "date").textContent = longDate(figure.ownerDocument, source.as_of, lang);
  else slot(figure, "as-of").remove();
  const details = slot(figure, "original");
  if (original) fillWords(details, original, size);
  else details.remove();
  fillWords(figure, quote, size);
}

function fillWords(part, quote, size) {
  const block = slot(part, "text");
  const href = quoteHref(quote, size);
  block.lang = quote.lang;
  block.cite = href;
  block.replaceChildren(...textElements(block.ownerDocument, quote.text));
  slot(part, "href").href = href;
}

function fillAction(item, action) {
  item.firstElementChild.href = action.href;
  const label = slot(item, "label");
  label.textContent = label.textContent.replace("{number}", action.label);
  for (const service of item.querySelectorAll("[data-number]")) {
    if (service.dataset.number !== action.label) service.remove();
  }
}

function fillPicture(item, picture) {
  item.firstElementChild.src = picture.src;
  item.firstElementChild.alt = picture.alt;
}

/** The quote's words as paragraphs and lists; the number of a list's first item stands before the quote. */
function textElements(document, text) {
  const made = [];
  let items = null;
  const lines = text.split("\n").filter((line) => line.trim());
  lines.forEach((line, number) => {
    const marked = LIST_ITEM.test(line);
    const firstItem = number === 0 && lines.length > 1 && LIST_ITEM.test(lines[1]) && !text.includes("\n\n");
    if (!marked && !firstItem) {
      made.push(withText(document, "p", line));
      items = null;
      return;
    }
    if (!items) {
      items = document.createElement(NUMBER.test(marked ? line : lines[1]) ? "ol" : "ul");
      made.push(items);
    }
    items.append(withText(document, "li", line.replace(LIST_ITEM, "")));
  });
  return made;
}

function withText(document, name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

function quoteHref(quote, size) {
  const [page, section] = quote.href.split("#");
  const carried = size ? `&size=${size}` : "";
  return `${page}?start=${quote.start}&end=${quote.end}${carried}#${section}`;
}

function longDate(document, day, lang) {
  const [year, month, date] = day.split("-").map(Number);
  const dates = document.querySelector(`template[data-mould="${CSS.escape(lang)}"]`).dataset.dates.split("|");
  return dates[month - 1].replace("{d}", date).replace("{y}", year);
}

function single(document, id) {
  return document.getElementById("words").dataset.single.split(" ").includes(id);
}

function slot(element, name) {
  return element.querySelector(`[data-slot="${name}"]`);
}

function textOrNothing(element, text) {
  if (text === null) element.remove();
  else element.textContent = text;
}

function each(first, values, fill) {
  first.replaceWith(
    ...values.map((value) => {
      const made = first.cloneNode(true);
      fill(made, value);
      return made;
    }),
  );
}

function list(element, values, fill) {
  if (values.length) each(element.firstElementChild, values, fill);
  else element.remove();
}
