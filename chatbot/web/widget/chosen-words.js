// The widget's own words in the language wanted, else in the first that there is.

import { FIRST_LANGUAGE, WORDS } from "./generated.js";

export function chosenWords(lang) {
  const code = (lang ?? "").toLowerCase().split("-")[0];
  const known = Object.hasOwn(WORDS, code) ? code : FIRST_LANGUAGE;
  return { ...WORDS[known], code: known };
}
