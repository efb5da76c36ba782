// The saved texts of one language, searched by words: what the page answers with while there is no network.

import { Folding } from "./folding.js";
import MiniSearch from "./vendor/minisearch-7.2.0.js";

const MOST_FOUND = 3;
const NEAR_THE_BEST = 0.7;
// Of the questions in evals/test.jsonl 96% of those in danger get the steps of an emergency first this way, and 92% of
// the others the section that answers them; 30% of the others get an emergency's steps before it (November 2026).
const EMERGENCY_LOOKED_FOR = 8;
const EMERGENCY_NEAR = 0.4;

export class OfflineSearch {
  #folding;
  #sections;
  #search;
  #leastScore;

  // `guidance`: the JSON of /offline/<lang>.json.
  constructor(guidance) {
    this.#folding = new Folding(guidance.folding);
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

  // The sections that fit the question best, best first, but before them that of an emergency, if one comes close:
  // words alone cannot tell who is in danger. None where they share too little with the question.
  find(question) {
    const asked = new Set(this.#folding.terms(question)).size;
    const found = this.#search.search(question);
    if (!found.length || found[0].score / asked < this.#leastScore) {
      return [];
    }
    const near = (share, most) =>
      found.slice(0, most).filter(({ score }) => score >= share * found[0].score).map(({ id }) => this.#sections[id]);
    const emergency = near(EMERGENCY_NEAR, EMERGENCY_LOOKED_FOR).filter(isEmergency).slice(0, 1);
    return [...new Set([...emergency, ...near(NEAR_THE_BEST, MOST_FOUND)])];
  }
}

export function isEmergency(section) {
  return section.document.id.startsWith("emergency-");
}
