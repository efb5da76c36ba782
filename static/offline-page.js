// The page that answers without network, from the saved texts. It stores nothing of what is asked.

import { startTools } from "./chat-tools.js";
import { openSaved, savedElement } from "./offline-answers.js";
import { sizeOf } from "./text-size.js";

const words = document.getElementById("words");
const form = document.getElementById("offline-form");
const field = document.getElementById("offline-question");
const answers = document.getElementById("offline-answers");
const state = document.getElementById("offline-state");
const refreshTools = startTools(answers, say, new AbortController().signal);

let texts = null;

start();

async function start() {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(field.value.trim());
  });
  try {
    texts = await openSaved(words.dataset, fetch);
  } catch {
    state.textContent = say("none");
    return;
  }
  state.textContent = texts.saved;
  form.hidden = false;
  const asked = new URLSearchParams(location.search).get("question") ?? (await askedWithoutNetwork());
  if (asked) {
    field.value = asked;
    show(asked);
  }
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
  if (!question) {
    return;
  }
  const article = savedElement(document, texts.answer(question), texts.saved, sizeOf(document));
  answers.replaceChildren(article);
  refreshTools();
  article.focus({ preventScroll: true });
  article.scrollIntoView({ block: "start" });
}

function say(name) {
  return words.content.querySelector(`[data-word="${name}"]`).textContent;
}
