// The server's folded form, step for step, from the server's own table (chatbot/language/folding.py): one plain
// spelling for the many ways in which people type the same words.

export class Folding {
  #table;
  #sequences;

  constructor(table) {
    this.#table = table;
    const sequences = Object.keys(table.sequences).sort((one, other) => other.length - one.length);
    this.#sequences = new RegExp(sequences.join("|"), "g");
  }

  fold(text) {
    const letters = [...bare(bare(text.replaceAll("´", "'")))];
    let folded = letters.map((letter) => this.#table.letters[letter] ?? letter).join("");
    folded = folded.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
    folded = folded.replace(/(?<!\p{Nd})\p{Nd}(?=\p{L})|(?<=\p{L})\p{Nd}(?!\p{Nd})/gu, (digit) => this.#table.digits_as_letters[digit] ?? digit);
    for (let shorter = this.#shortened(folded); shorter !== folded; shorter = this.#shortened(folded)) {
      folded = shorter;
    }
    return folded;
  }

  // What is counted: each folded word, and its stem where it is longer, for words inflect at the end.
  terms(text) {
    const stem = this.#table.stem_length;
    return this.fold(text)
      .split(" ")
      .filter(Boolean)
      .flatMap((word) => (word.length > stem ? [word, `${word.slice(0, stem)}_`] : [word]));
  }

  #shortened(text) {
    return text.replace(this.#sequences, (found) => this.#table.sequences[found]).replace(/(\p{L})\1+/gu, "$1");
  }
}

// Lower case without accents; dotted and dotless i become one.
function bare(text) {
  const lower = text.replaceAll("İ", "i").replaceAll("I", "i").normalize("NFKD").toLowerCase();
  return lower.normalize("NFKD").replace(/\p{M}/gu, "");
}
