// The talk: sends a question to the API, shows its answer below, keeps the page's forms up to date.
import { answerElement, answerText, mould } from "./chat-element.js";
import { asked, carry, hiddenField, offer, offerLinks } from "./chat-page.js";
import { startTools, stopReading } from "./chat-tools.js";
import { sizeOf } from "./text-size.js";

const API = "/api/v1";
const PATIENCE_MS = 30000;

/** Controls the chat page. `stop` takes off every listener at once. */
export class ChatController {
  #stopping = new AbortController();
  #asking = false;
  #opened = null;
  #refreshTools = () => {};

  constructor(document) {
    this.document = document;
    this.root = document.documentElement;
    this.form = document.getElementById("ask");
    this.talk = document.getElementById("talk");
    this.input = document.getElementById("question");
    this.transcript = document.querySelector(".transcript");
    this.suggestions = document.querySelector(".suggestions");
    this.status = document.getElementById("searching");
    this.problem = document.getElementById("question-problem");
    this.said = document.getElementById("said");
  }

  start() {
    const { signal } = this.#stopping;
    const listen = (target, type, handler, more) =>
      target.addEventListener(type, handler.bind(this), { signal, ...more });
    listen(this.form, "submit", this.#submitted);
    listen(this.input, "keydown", this.#typed);
    listen(this.suggestions, "click", this.#chosen);
    listen(this.transcript, "submit", this.#judged);
    listen(this.document, "click", this.#clicked);
    listen(this.document, "keydown", this.#escaped);
    listen(this.document, "toggle", this.#toggled, { capture: true });
    this.#refreshTools = startTools(this.transcript, this.#say, signal);
  }

  stop() {
    this.#stopping.abort();
  }

  /** Asks, and shows the answer; gives back its turn, or null where there is none. */
  async ask(text) {
    if (this.#asking) return null;
    this.#fail(text.trim() ? "" : "empty");
    if (!text.trim()) return null;
    this.#asking = true;
    this.status.textContent = this.#say("searching");
    const turn = this.#question(text);
    try {
      const response = await this.#send("/ask", { question: text, lang: null, history: asked(this.talk) });
      if (!response.ok) throw new Refusal(response.status);
      const answer = await response.json();
      this.#show(turn, text, answer, answerElement(this.document, answer, sizeOf(this.document)));
      return turn;
    } catch (error) {
      if (wordOf(error) === "offline" && (await this.#answeredFromSaved(turn, text))) return turn;
      turn.remove();
      this.transcript.hidden = !this.transcript.childElementCount;
      this.input.value = this.input.value || text;
      this.#fail(wordOf(error));
      return null;
    } finally {
      this.#asking = false;
      this.status.textContent = "";
    }
  }

  #submitted(event) {
    event.preventDefault();
    const text = this.input.value;
    if (!this.#asking) this.input.value = "";
    this.ask(text);
  }

  #typed(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  async #chosen(event) {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    const turn = await this.ask(button.value);
    // The button that had the focus is gone. The input would bring up a keyboard that covers the answer.
    turn?.querySelector(".answer").focus({ preventScroll: true });
  }

  async #judged(event) {
    const form = event.target;
    if (!form.classList.contains("feedback")) return;
    event.preventDefault();
    const comment = form.elements.comment.value.trim() || null;
    const body = { id: form.elements.id.value, helpful: event.submitter?.value === "yes", comment };
    try {
      const response = await this.#send("/feedback", body);
      if (!response.ok) throw new Refusal(response.status);
      const thanks = this.document.importNode(
        this.document.getElementById("feedback-mould").content.querySelector(".thanks"),
        true,
      );
      form.replaceWith(thanks);
      thanks.focus();
    } catch (error) {
      this.#fail(wordOf(error));
    }
  }

  #clicked(event) {
    const language = event.target.closest("a.language");
    if (language && asked(this.talk).length) {
      event.preventDefault();
      this.talk.action = `${language.pathname}${language.search}#answer`;
      this.talk.append(hiddenField(this.document, "answer_in", language.lang));
      this.talk.submit();
    }
  }

  #escaped(event) {
    if (event.key !== "Escape" || event.isComposing || stopReading()) return;
    const inside = this.document.activeElement?.closest("details[open]");
    const open = inside ?? (this.#opened?.open ? this.#opened : null);
    if (!open) return;
    open.open = false;
    if (inside) inside.querySelector("summary").focus();
  }

  #toggled(event) {
    if (event.target.open) this.#opened = event.target;
  }

  #send(path, body) {
    return fetch(`${API}${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": this.root.lang },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  }

  #question(text) {
    const turn = this.document.createElement("div");
    const question = this.document.createElement("article");
    turn.className = "turn";
    question.className = "question";
    question.dir = "auto";
    question.ariaLabel = this.#say("question");
    question.textContent = text;
    turn.append(question);
    this.transcript.hidden = false;
    this.transcript.append(turn);
    return turn;
  }

  // Whether the texts that the service worker keeps could answer. What that takes is loaded only then.
  async #answeredFromSaved(turn, text) {
    try {
      const { savedScript, ...addresses } = this.document.getElementById("words").dataset;
      const { openSaved, savedElement } = await import(savedScript);
      const texts = await openSaved(addresses, (address) => caches.match(address));
      const answer = texts.answer(text, asked(this.talk));
      this.#show(turn, text, answer, savedElement(this.document, answer, texts.saved, sizeOf(this.document)));
      return true;
    } catch {
      return false;
    }
  }

  #show(turn, text, answer, article) {
    turn.firstElementChild.lang = answer.lang;
    turn.append(article);
    if (answer.id && answer.kind !== "emergency") {
      const feedback = mould(this.document, "#feedback-mould");
      feedback.elements.id.value = answer.id;
      turn.append(feedback);
    }
    this.document.getElementById("answer")?.removeAttribute("id");
    turn.id = "answer";
    this.#read(article);
    carry(this.talk, this.form, text);
    offer(this.suggestions, answer, this.#say("also"));
    offerLinks(this.document.querySelector(".talk-links"), text);
    this.form.querySelector("label").textContent = this.#say("next");
    this.#refreshTools();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    turn.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  }

  // Once, in plain text: the transcript itself is no live region.
  #read(article) {
    const words = this.document.createElement("p");
    words.lang = article.lang;
    words.textContent = answerText(article);
    this.said.replaceChildren(words);
  }

  #fail(name) {
    this.problem.textContent = name ? this.#say(name) : "";
  }

  #say = (name) =>
    this.document.getElementById("words").content.querySelector(`[data-word="${name}"]`).textContent;
}

class Refusal extends Error {
  constructor(status) {
    super(`the server said ${status}`);
    this.status = status;
  }
}

function wordOf(error) {
  if (error instanceof Refusal) return error.status === 429 || error.status === 503 ? "busy" : "failed";
  return error instanceof TypeError || error.name === "TimeoutError" ? "offline" : "failed";
}
