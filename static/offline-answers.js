// Answers from the saved texts, in the shape of the API's, decided in the order in which the server decides when it has
// words alone: danger, then harm, then what the texts do not hold, then the texts that share most words.

import { answerElement } from "./chat-element.js";
import { Folding } from "./folding.js";
import { OfflineSearch } from "./offline-search.js";
import { Triage } from "./triage.js";

const CALLED_IN_DANGER = ["112", "102"];
const NUMBERS = ["112", "102", "103", "101"];

/** The saved texts. `load`: an address -> its response. Fails where there are none. */
export async function openSaved({ guidance, triage }, load) {
  const [texts, rules] = await Promise.all([load(guidance), load(triage)]);
  if (!texts?.ok || !rules?.ok) throw new Error("the texts are not saved");
  return new SavedAnswers(await texts.json(), await rules.json(), texts.headers.get("Date"));
}

export class SavedAnswers {
  #texts;
  #folding;
  #triage;
  #search;

  constructor(texts, rules, confirmed) {
    this.#texts = texts;
    this.#folding = new Folding(texts.folding);
    this.#triage = new Triage(rules);
    this.#search = new OfflineSearch(texts, this.#folding);
    const day = new Date(Date.parse(confirmed) || Date.parse(texts.date)).toISOString().slice(0, 10);
    this.saved = texts.words.saved.replace("{date}", day.split("-").reverse().join("."));
  }

  /** The answer. `earlier`: the questions before, oldest first. */
  answer(question, earlier = []) {
    const own = this.#folding.fold(question);
    const before = this.#triage.isFollowUp(own) ? (earlier.at(-1) ?? "") : "";
    const whole = before ? `${this.#folding.fold(before)} ${own}` : own;
    const { words } = this.#texts;
    for (const kind of ["emergency", "refusal"]) {
      const rule = this.#triage.rule(kind, own) ?? this.#triage.rule(kind, whole);
      if (rule) return this.#made(kind, words[kind] ?? null, this.#named(rule.sections), CALLED_IN_DANGER);
    }
    const outside = this.#triage.rule("no_answer", own);
    if (outside) return this.#made("no_answer", words[outside.name.split(":")[0]], [], []);
    const found = this.#search.find(before ? `${before} ${question}` : question);
    if (!found.length) return this.#made("no_answer", words.not_found, [], ["112"]);
    const said = new Set(found.flatMap(({ text }) => text.split(/[^0-9]+/)));
    return this.#made("answer", words.by_words, found, NUMBERS.filter((number) => said.has(number)));
  }

  #named(names) {
    const wanted = (section) => names.indexOf(`${section.document.id}#${section.id}`);
    const found = this.#texts.sections.filter((section) => wanted(section) >= 0);
    return found.sort((one, other) => wanted(one) - wanted(other));
  }

  #made(kind, notice, sections, numbers) {
    const { lang } = this.#texts;
    const quotes = sections.map(({ id, heading, ...section }) => ({ ...section, lang, section: { id, heading }, original: null }));
    const actions = numbers.map((number) => ({ label: number, href: `tel:${number}` }));
    return { id: null, kind, lang, notice, quotes, actions, pictures: [], suggestions: [] };
  }
}

/** The article of such an answer; each quote says of when its copy is. What needs the network is left out. */
export function savedElement(document, answer, saved, size) {
  const article = answerElement(document, answer, size);
  for (const each of article.querySelectorAll('.tools a, [data-tool="share"]')) each.remove();
  for (const caption of article.querySelectorAll("figcaption")) {
    const mark = document.createElement("strong");
    mark.className = "saved";
    mark.textContent = saved;
    caption.append(mark);
  }
  return article;
}
