// The launcher and the panel, in one language. The emergency line stands above the talk and never scrolls away.

import { outside, suggestions } from "./answer-view.js";
import { BOT } from "./bot.js";
import { make, makeSvg } from "../../../static/dom.js";
import { LONGEST_QUESTION } from "./generated.js";

export function panelView(words, inline, onSuggestion) {
  const launcher = make(
    "button",
    { type: "button", class: "launcher", "aria-expanded": "false", "aria-controls": "panel", hidden: inline },
    sign(),
    make("span", {}, words.launcher),
  );
  const close = make("button", { type: "button", class: "close", "aria-label": words.close, hidden: inline }, cross());
  const anew = make("button", { type: "button", class: "anew", hidden: true }, words.newTalk);
  const links = make("p", { class: "links" }, outside(`${BOT}/${words.code}/`, words.openPage, words), anew);
  const talk = talkView(words, links, onSuggestion);
  const status = make("p", { class: "status", role: "status" });
  const alert = make("p", { class: "problem", role: "alert" });
  const { form, field } = formView(words);
  const panel = make(
    "section",
    { id: "panel", role: inline ? "region" : "dialog", "aria-labelledby": "title", hidden: !inline },
    make("div", { class: "head" }, make("h2", { id: "title" }, words.title), close),
    emergencyLine(words),
    talk,
    make("div", { class: "foot" }, status, alert, form),
  );
  const log = make("div", { class: "unseen", role: "log", "aria-label": words.answers });
  const whole = make("div", { class: `whole ${inline ? "inline" : "floating"}`, lang: words.code }, panel, launcher, log);
  return { whole, launcher, close, panel, talk, links, anew, status, alert, form, field, log };
}

function emergencyLine(words) {
  return make(
    "div",
    { class: "emergency" },
    make("p", {}, make("strong", {}, words.inDanger), ` ${words.stop}`),
    make("a", { class: "call", href: "tel:112" }, words.call.replace("%(number)s", "112")),
  );
}

function talkView(words, links, onSuggestion) {
  return make(
    "div",
    { class: "talk", role: "region", "aria-label": words.talk, tabindex: "0" },
    make("p", { class: "draft" }, words.draft),
    suggestions(words.starters, words.oftenAsked, onSuggestion),
    links,
  );
}

function formView(words) {
  const field = make("textarea", {
    id: "question",
    rows: "1",
    maxlength: LONGEST_QUESTION,
    autocomplete: "off",
    dir: "auto",
    "aria-describedby": "hint",
  });
  const form = make(
    "form",
    { novalidate: true },
    make("label", { for: "question" }, words.yourQuestion),
    make("div", { class: "row" }, field, make("button", { class: "ask" }, words.ask)),
    make("p", { id: "hint", class: "hint" }, words.hint),
  );
  return { form, field };
}

function sign() {
  return makeSvg(
    "svg",
    { viewBox: "0 0 32 32", "aria-hidden": "true", class: "sign" },
    makeSvg("path", { d: "M16 3 30 28H2z", class: "ground" }),
    makeSvg("path", { d: "M14.6 12h2.8l-.5 8.5h-1.8zM14.6 22.5h2.8v2.8h-2.8z", class: "mark" }),
  );
}

function cross() {
  return makeSvg(
    "svg",
    { viewBox: "0 0 24 24", "aria-hidden": "true" },
    makeSvg("path", { d: "M5 5 19 19M19 5 5 19", stroke: "currentColor", "stroke-width": "2.5", "stroke-linecap": "round" }),
  );
}
