// The saved texts of one language, searched by words: what answers while there is no network.

import MiniSearch from "./vendor/minisearch-7.2.0.js";

const MOST_FOUND = 3;
const NEAR_THE_BEST = 0.7;

export class OfflineSearch {
  #folding;
  #sections;
  #search;
  #leastScore;

  // `guidance`: the JSON of /offline/<lang>.json.
  constructor(guidance, folding) {
    this.#folding = folding;
    this.#sections = guidance.sections;
    this.#leastScore = guidance.least_score;
    this.#search = new MiniSearch({
      fields: ["asked", "heading", "title", "text"],
      tokenize: (text) => this.#folding.terms(text),
      processTerm: (term) => term,
      searchOptions: { boost: { asked: 2, heading: 2 }, fuzzy: (term) => (term.length > 5 ? 0.2 : false) },
    });
    this.#search.addAll(
      guidance.sections.map(({ asked, heading, text, document }, id) => ({ id, asked, heading, text, title: document.title })),
    );
  }

  // The sections that fit the question best, best first, but before them the steps of an emergency: words alone cannot
  // tell who is in danger. None where they share too little with the question.
  find(question) {
    const asked = new Set(this.#folding.terms(question)).size;
    const found = this.#search.search(question);
    if (!found.length || found[0].score / asked < this.#leastScore) {
      return [];
    }
    const near = found.slice(0, MOST_FOUND).filter(({ score }) => score >= NEAR_THE_BEST * found[0].score);
    const sections = near.map(({ id }) => this.#sections[id]);
    return [...sections.filter(isEmergency), ...sections.filter((section) => !isEmergency(section))];
  }
}

function isEmergency(section) {
  return section.document.id.startsWith("emergency-");
}
