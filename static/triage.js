// Danger and harm told from words alone, as the server tells them (chatbot/triage), from the server's own phrases and
// rules. Texts come folded.

const GAP = "...";
const FREE = "_";
const BEGINNING = "^";

export class Triage {
  #rules;
  #followUps;
  #longestGap;
  #shortestMistyped;
  #byFirstWord = new Map();
  #known = new Set();
  #slipsByLetter = new Map();
  #read = new Map();

  // `table`: the JSON of /offline/triage.json.
  constructor(table) {
    this.#rules = table.rules;
    this.#followUps = table.follow_ups;
    this.#longestGap = table.longest_gap;
    this.#shortestMistyped = table.shortest_mistyped;
    for (const [concept, phrases] of Object.entries(table.phrases)) {
      phrases.forEach((phrase) => this.#keep(concept, phrase));
    }
    this.#known.delete(GAP);
    this.#known.delete(FREE);
  }

  // The first rule of that kind (emergency, refusal, no_answer) that fits, or null.
  rule(kind, folded) {
    const named = this.concepts(folded);
    const fits = ({ any_of, none_of }) =>
      any_of.every((group) => group.some((concept) => named.has(concept))) && !none_of.some((concept) => named.has(concept));
    return this.#rules[kind].find(fits) ?? null;
  }

  // Whether the question leans on the one before it.
  isFollowUp(folded) {
    const { starts, inside, longest } = this.#followUps;
    const words = folded.split(" ").filter(Boolean).length;
    const padded = ` ${folded} `;
    const marked = starts.some((mark) => padded.startsWith(` ${mark} `)) || inside.some((mark) => padded.includes(` ${mark} `));
    return words <= longest && (words <= 2 || marked);
  }

  concepts(folded) {
    const text = [new Set([BEGINNING]), ...folded.split(" ").filter(Boolean).map((word) => this.#readings(word))];
    const named = new Set();
    text.forEach((readings, start) => {
      for (const { concept, places } of [...readings].flatMap((first) => this.#byFirstWord.get(first) ?? [])) {
        if (!named.has(concept) && this.#follows(places, 1, text, start + 1)) {
          named.add(concept);
        }
      }
    });
    return named;
  }

  #keep(concept, phrase) {
    const places = phrase.split(" ").map((place) => place.split("/").map((word) => word.replaceAll("~", " ")));
    places[0].forEach((first) => put(this.#byFirstWord, first, { concept, places }));
    places.flat().forEach((word) => this.#known.add(word));
  }

  #follows(places, number, text, at) {
    if (number === places.length) {
      return true;
    }
    const [only, ...more] = places[number];
    if (only === GAP && !more.length) {
      return Array.from({ length: this.#longestGap + 1 }, (_, gap) => at + gap).some((next) =>
        this.#follows(places, number + 1, text, next),
      );
    }
    const free = only === FREE && !more.length;
    const fits = at < text.length && (free || places[number].some((word) => text[at].has(word)));
    return fits && this.#follows(places, number + 1, text, at + 1);
  }

  // The words of the phrases, `*` and all, as which a word of the text can be read.
  #readings(word) {
    if (!this.#read.has(word)) {
      this.#read.set(word, this.#listed(word));
    }
    return this.#read.get(word);
  }

  #listed(word) {
    const letters = [...word];
    const beginnings = letters.map((_, end) => letters.slice(0, end + 1).join(""));
    const known = (words) => words.filter((each) => this.#known.has(each));
    const endings = known(letters.slice(1).map((_, start) => `*${letters.slice(start + 1).join("")}`));
    const exact = new Set([...endings, ...known([word, ...beginnings.map((beginning) => `${beginning}*`)])]);
    if (exact.size > new Set(endings).size || letters.length < this.#shortestMistyped || /^\p{Nd}+$/u.test(word)) {
      return exact;
    }
    const longer = beginnings.slice(this.#shortestMistyped - 2);
    return new Set([
      ...endings,
      ...this.#corrected(word, ""),
      ...known(this.#swapped(letters)),
      ...longer.flatMap((beginning) => this.#corrected(beginning, "*")),
    ]);
  }

  #corrected(word, ending) {
    const slips = this.#slips([...word][0]);
    return this.#masks([...word]).flatMap((mask) => slips.get(mask + ending) ?? []);
  }

  // With `?` for or between letters after the first: words one letter apart share one of these.
  #masks(letters) {
    const masks = [`${letters.join("")}?`];
    for (let at = 1; at < letters.length; at += 1) {
      const before = letters.slice(0, at).join("");
      masks.push(`${before}?${letters.slice(at).join("")}`);
      if (letters.length > this.#shortestMistyped) {
        masks.push(`${before}?${letters.slice(at + 1).join("")}`);
      }
    }
    return masks;
  }

  #swapped(letters) {
    const found = [];
    for (let at = 1; at < letters.length - 1; at += 1) {
      const swapped = [...letters.slice(0, at), letters[at + 1], letters[at], ...letters.slice(at + 2)];
      found.push(swapped.join(""));
      for (let end = this.#shortestMistyped - 1; end <= letters.length; end += 1) {
        found.push(`${swapped.slice(0, end).join("")}*`);
      }
    }
    return found;
  }

  // Mask -> listed words that begin with the letter; a beginning keeps its last letter, or it would be a shorter one.
  #slips(first) {
    if (!this.#slipsByLetter.has(first)) {
      const slips = new Map();
      for (const listed of this.#known) {
        if (listed.startsWith(first)) {
          this.#addSlips(slips, listed);
        }
      }
      this.#slipsByLetter.set(first, slips);
    }
    return this.#slipsByLetter.get(first);
  }

  #addSlips(slips, listed) {
    const ending = listed.endsWith("*") ? "*" : "";
    const letters = [...listed.replace(/\*+$/, "")];
    if (letters.length < this.#shortestMistyped) {
      return;
    }
    for (const mask of this.#masks(letters)) {
      if (!(ending && mask.endsWith("?"))) {
        put(slips, mask + ending, listed);
      }
    }
  }
}

function put(lists, key, value) {
  if (!lists.has(key)) {
    lists.set(key, []);
  }
  lists.get(key).push(value);
}
