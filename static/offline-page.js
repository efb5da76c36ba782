// The page that answers without network, from the saved texts. It stores nothing of what is asked.

import { make } from "./dom.js";
import { isEmergency, OfflineSearch } from "./offline-search.js";
import { quoteText } from "./quote-text.js";

const page = document.getElementById("offline");
const say = JSON.parse(page.dataset.words);
const form = document.getElementById("offline-form");
const field = document.getElementById("offline-question");
const answers = document.getElementById("offline-answers");
const state = document.getElementById("offline-state");

let saved = null;

start();

async function start() {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(field.value.trim());
  });
  try {
    saved = await savedTexts(page.dataset.guidance);
  } catch {
    state.textContent = say.none;
    return;
  }
  state.textContent = say.saved.replace("{date}", saved.date);
  form.hidden = false;
  const asked = new URLSearchParams(location.search).get("question") ?? (await askedWithoutNetwork());
  if (asked) {
    field.value = asked;
    show(asked);
  }
}

async function savedTexts(address) {
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(`no texts: ${response.status}`);
  }
  const guidance = await response.json();
  const confirmed = Date.parse(response.headers.get("Date")) || Date.parse(guidance.date);
  const date = new Date(confirmed).toISOString().slice(0, 10);
  return { search: new OfflineSearch(guidance), date: date.split("-").reverse().join(".") };
}

// The service worker hands over, once, the question whose sending failed; it lay in its memory alone.
function askedWithoutNetwork() {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) {
    return null;
  }
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage("question", [channel.port2]);
    setTimeout(() => resolve(null), 1000);
  });
}

function show(question) {
  const found = question ? saved.search.find(question) : [];
  const title = make("h2", { tabindex: "-1" }, found.length ? say.found : say.notFound);
  answers.replaceChildren(title, make("p", { class: "notice" }, found.length ? say.byWords : say.notFoundHint), ...found.map(article));
  title.focus();
}

function article(section) {
  const { document: source } = section;
  const asOf = source.as_of ? `; ${say.asOf.replace("{date}", source.as_of.split("-").reverse().join("."))}` : "";
  return make(
    "article",
    { class: `answer ${isEmergency(section) ? "kind-emergency" : "kind-answer"}`, lang: page.lang },
    make("h3", { class: "kind" }, section.heading),
    make("blockquote", {}, ...quoteText(section.text)),
    make(
      "p",
      { class: "draft-line" },
      make("cite", {}, source.title),
      make("br"),
      `${say.source.replace("{publisher}", source.publisher)}${asOf}`,
      make("br"),
      make("strong", {}, say.saved.replace("{date}", saved.date)),
    ),
  );
}
