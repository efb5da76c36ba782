// <mine-risk-chat lang="az" audience="children-6-11">: a launcher and the panel that it opens, or with
// layout="inline" the panel alone. What it shows inside is built once in each language.

import { accentRule } from "./accent.js";
import { answerView, spokenText } from "./answer-view.js";
import { Talk } from "./bot.js";
import { chosenWords } from "./chosen-words.js";
import { make } from "../../../static/dom.js";
import { STYLE } from "./generated.js";
import { panelView } from "./panel-view.js";

export class MineRiskChat extends HTMLElement {
  static observedAttributes = ["lang"];

  #root = this.attachShadow({ mode: "open" });
  #talk = new Talk();
  #listening = null;
  #parts = null;
  #words = null;
  #asking = false;

  connectedCallback() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE + accentRule(this.getAttribute("accent")));
    this.#root.adoptedStyleSheets = [sheet];
    this.#build();
  }

  disconnectedCallback() {
    this.#listening?.abort();
    this.#talk.forget();
  }

  attributeChangedCallback() {
    if (this.isConnected) {
      this.#build();
    }
  }

  get #inline() {
    return this.getAttribute("layout") === "inline";
  }

  #build() {
    this.#listening?.abort();
    this.#listening = new AbortController();
    this.#talk.forget();
    this.#words = chosenWords(this.closest("[lang]")?.lang);
    this.#parts = panelView(this.#words, this.#inline, (question) => this.#ask(question));
    this.#root.replaceChildren(this.#parts.whole);
    this.#listen();
  }

  #listen() {
    const { launcher, close, panel, form, field, anew } = this.#parts;
    const on = (target, event, handler) =>
      target.addEventListener(event, handler, { signal: this.#listening.signal });
    on(launcher, "click", () => (panel.hidden ? this.open() : this.close()));
    on(close, "click", () => this.close());
    on(anew, "click", () => this.#beginAnew());
    on(form, "submit", (event) => {
      event.preventDefault();
      this.#ask(field.value);
    });
    on(field, "keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    on(this.#root, "keydown", (event) => {
      if (event.key === "Escape" && !this.#inline && !panel.hidden) {
        event.stopPropagation();
        this.close();
      }
    });
  }

  open() {
    this.#showPanel(true);
    this.#parts.field.focus();
  }

  close() {
    this.#showPanel(false);
    this.#parts.launcher.focus();
  }

  #showPanel(shown) {
    const { whole, launcher, panel } = this.#parts;
    panel.hidden = !shown;
    launcher.setAttribute("aria-expanded", String(shown));
    whole.classList.toggle("opened", shown);
  }

  #beginAnew() {
    this.#build();
    if (this.#inline) {
      this.#parts.field.focus();
    } else {
      this.open();
    }
  }

  async #ask(typed) {
    const question = typed.trim();
    const { field, status, alert } = this.#parts;
    alert.textContent = "";
    if (this.#asking) {
      return;
    }
    if (!question) {
      alert.textContent = this.#words.problems.empty;
      return;
    }
    this.#asking = true;
    status.textContent = this.#words.searching;
    const parts = this.#parts;
    try {
      const answer = await this.#talk.ask(question, this.#words.code, this.getAttribute("audience"));
      if (parts === this.#parts) {
        this.#show(question, answer);
      }
    } catch (error) {
      alert.textContent = this.#words.problems[error.name] ?? this.#words.problems.failed;
      field.value = question;
    } finally {
      this.#asking = false;
      status.textContent = "";
    }
  }

  #show(question, answer) {
    const { talk, links, log, field, anew } = this.#parts;
    const words = chosenWords(answer.lang);
    const turn = make(
      "div",
      { class: "turn" },
      make("p", { class: "question", dir: "auto" }, make("span", { class: "unseen" }, `${words.yourQuestion}: `), question),
      answerView(answer, words, (suggestion) => this.#ask(suggestion)),
    );
    links.before(turn);
    log.append(make("p", { lang: answer.lang }, spokenText(answer, words)));
    anew.hidden = false;
    field.value = "";
    field.focus({ preventScroll: true });
    talk.scrollTop += turn.getBoundingClientRect().top - talk.getBoundingClientRect().top;
  }
}
