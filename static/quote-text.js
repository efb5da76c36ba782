// The words of a quote -> paragraphs and lists. Only the marks of list items are left out: the list shows them itself.

import { make } from "./dom.js";

const NUMBERED = /^\s*(\d{1,9})[.)]\s+/;
const BULLET = /^\s*[-*+]\s+/;

export function quoteText(text) {
  const blocks = [];
  for (const line of text.split("\n").filter((each) => each.trim())) {
    addLine(blocks, line);
  }
  return blocks.map(blockElement);
}

// A quote begins after its first item's mark: the lines that follow tell that it is a list.
function addLine(blocks, line) {
  const number = NUMBERED.exec(line);
  const item = number ?? BULLET.exec(line);
  if (!item) {
    blocks.push({ tag: "p", lines: [line.trim()] });
    return;
  }
  const tag = number ? "ol" : "ul";
  const words = line.slice(item[0].length).trim();
  const before = blocks.at(-1);
  if (before?.tag === tag) {
    before.lines.push(words);
    return;
  }
  const first = number ? Number(number[1]) : 1;
  const begun = tag === "ol" && blocks.length === 1 && before.tag === "p" && before.lines.length === 1 && first !== 1;
  if (begun) {
    blocks.pop();
    blocks.push({ tag, first: first - 1, lines: [...before.lines, words] });
  } else {
    blocks.push({ tag, first, lines: [words] });
  }
}

function blockElement({ tag, first, lines }) {
  if (tag === "p") {
    return make("p", {}, lines[0]);
  }
  return make(tag, { start: tag === "ol" && first > 1 ? first : null }, ...lines.map((line) => make("li", {}, line)));
}
