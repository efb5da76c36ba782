// The chatbot's drawings, drawn with the page's own elements: a host page that allows no images shows them too.

import { make, makeSvg } from "../../../static/dom.js";
import { BOT } from "./bot.js";

const SHAPES = new Set(["circle", "defs", "ellipse", "g", "line", "path", "polygon", "polyline", "rect", "svg", "text", "tspan"]);
const HANDLERS_AND_LINKS = /^on|href$|^style$|^xmlns/i;

export function picture({ src, alt }) {
  const place = make("div", { class: "picture", role: "img", "aria-label": alt });
  const words = make("p", { class: "alt" }, alt);
  place.append(words);
  drawing(new URL(src, BOT)).then(
    (svg) => words.replaceWith(svg),
    () => undefined, // the words that stand in its place say the same
  );
  return place;
}

// XMLHttpRequest parses SVG by itself; the parser that pages call would need a trusted type.
function drawing(url) {
  return new Promise((resolve, reject) => {
    if (url.origin !== BOT) {
      reject(new Error("a picture of another site"));
      return;
    }
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.overrideMimeType("image/svg+xml");
    request.onload = () => {
      const root = request.status === 200 ? request.responseXML?.documentElement : null;
      root?.localName === "svg" ? resolve(copy(root)) : reject(new Error("no drawing"));
    };
    request.onerror = reject;
    request.open("GET", url);
    request.send();
  });
}

function copy(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    return node.data;
  }
  if (node.nodeType !== Node.ELEMENT_NODE || !SHAPES.has(node.localName)) {
    return null;
  }
  const kept = [...node.attributes].filter(({ name }) => !HANDLERS_AND_LINKS.test(name));
  const attributes = Object.fromEntries(kept.map(({ name, value }) => [name, value]));
  if (node.localName === "svg") {
    Object.assign(attributes, { role: null, "aria-label": null, "aria-labelledby": null, "aria-hidden": "true" });
  }
  return makeSvg(node.localName, attributes, ...[...node.childNodes].map(copy));
}
