// An answer of the API -> elements, and the plain text of it that screen readers are told once.

import { make } from "../../../static/dom.js";
import { quoteText } from "../../../static/quote-text.js";
import { BOT } from "./bot.js";
import { picture } from "./picture.js";

export function answerView(answer, words, onSuggestion) {
  return make(
    "article",
    { class: `answer kind-${answer.kind}`, lang: answer.lang },
    make("h3", {}, words.kinds[answer.kind] ?? words.kinds.answer),
    answer.notice ? make("p", { class: "notice" }, answer.notice) : null,
    ...answer.quotes.map((quote) => quoteView(quote, words)),
    ...answer.pictures.map(picture),
    answer.actions.length ? calls(answer.actions, words) : null,
    make("p", { class: "draft" }, words.draft),
    answer.suggestions.length ? suggestions(answer.suggestions, words.alsoAsk, onSuggestion) : null,
  );
}

export function spokenText(answer, words) {
  const quotes = answer.quotes.flatMap((quote) => [quote.text, citation(quote, words)]);
  const calls = answer.actions.map((action) => callText(action, words));
  return [words.kinds[answer.kind], answer.notice, ...quotes, ...calls].filter(Boolean).join(". ");
}

export function suggestions(texts, title, onSuggestion) {
  const button = (text) => {
    const made = make("button", { type: "button" }, text);
    made.addEventListener("click", () => onSuggestion(text));
    return make("li", {}, made);
  };
  return make("div", { class: "suggestions" }, make("h3", {}, title), make("ul", {}, ...texts.map(button)));
}

export function outside(href, text, words) {
  const place = make("span", { class: "unseen" }, ` ${words.newWindow}`);
  return make("a", { href, target: "_blank", rel: "noopener" }, text, place);
}

function quoteView(quote, words) {
  return make(
    "figure",
    {},
    make("p", { class: "heading", lang: quote.lang }, quote.section.heading),
    make("blockquote", { lang: quote.lang, cite: sourceAddress(quote) }, ...quoteText(quote.text)),
    make(
      "figcaption",
      {},
      make("cite", { lang: quote.lang }, quote.document.title),
      make("span", {}, citation(quote, words)),
      outside(sourceAddress(quote), words.openSource, words),
    ),
    quote.original ? original(quote.original, words) : null,
  );
}

function original(quote, words) {
  return make(
    "details",
    {},
    make("summary", {}, words.showOriginal),
    make("blockquote", { lang: quote.lang, cite: sourceAddress(quote) }, ...quoteText(quote.text)),
  );
}

function citation({ document: { publisher, as_of } }, words) {
  const source = words.source.replace("%(publisher)s", publisher);
  return as_of ? `${source}; ${words.asOf.replace("%(date)s", longDate(as_of, words.code))}` : source;
}

function longDate(iso, lang) {
  const known = Intl.DateTimeFormat.supportedLocalesOf([lang === "en" ? "en-GB" : lang]);
  const date = new Date(`${iso}T00:00:00Z`);
  return known.length
    ? new Intl.DateTimeFormat(known, { dateStyle: "long", timeZone: "UTC" }).format(date)
    : iso.split("-").reverse().join(".");
}

// The page of the document, at its section, with the quoted sentences marked.
function sourceAddress(quote) {
  const address = new URL(quote.href, BOT);
  address.searchParams.set("start", quote.start);
  address.searchParams.set("end", quote.end);
  return address.href;
}

function calls(actions, words) {
  return make(
    "ul",
    { class: "calls" },
    ...actions
      .filter(({ href }) => /^tel:[+\d]+$/.test(href))
      .map((action) => make("li", {}, make("a", { class: "call", href: action.href }, callText(action, words)))),
  );
}

function callText({ label }, words) {
  const call = words.call.replace("%(number)s", label);
  return words.services[label] ? `${call} (${words.services[label]})` : call;
}
