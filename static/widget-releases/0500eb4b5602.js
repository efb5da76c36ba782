(() => {
"use strict";
const STYLE = ":host {\ncolor-scheme: light dark;\n--accent: var(--mine-risk-accent, #0b5566);\n--on-accent: var(--mine-risk-on-accent, #ffffff);\n--radius: var(--mine-risk-radius, 0.75rem);\n--font: var(--mine-risk-font, system-ui, -apple-system, \"Segoe UI\", Roboto, \"Noto Sans\", sans-serif);\n--surface: #ffffff;\n--ground: #f4f6f8;\n--ink: #17212b;\n--muted: #4b5966;\n--line: #c3ccd4;\n--field-line: #6b7884;\n--danger: #a4121f;\n--danger-ink: #94101b;\n--danger-soft: #fdeceb;\n--caution: #a05a00;\n--focus: #1a4fd6;\n}\n@media (prefers-color-scheme: dark) {\n:host(:not([theme=\"light\"])) {\n--surface: #1a232c;\n--ground: #10161c;\n--ink: #edf2f6;\n--muted: #b4c1cc;\n--line: #3b4956;\n--field-line: #8a99a6;\n--danger: #b01c2a;\n--danger-ink: #ffb4b0;\n--danger-soft: #3a171a;\n--caution: #e0a040;\n--focus: #9db8ff;\n}\n}\n:host([theme=\"light\"]) { color-scheme: light; }\n:host([theme=\"dark\"]) {\ncolor-scheme: dark;\n--surface: #1a232c;\n--ground: #10161c;\n--ink: #edf2f6;\n--muted: #b4c1cc;\n--line: #3b4956;\n--field-line: #8a99a6;\n--danger: #b01c2a;\n--danger-ink: #ffb4b0;\n--danger-soft: #3a171a;\n--caution: #e0a040;\n--focus: #9db8ff;\n}\n*, *::before, *::after { box-sizing: border-box; }\n[hidden] { display: none !important; }\n.whole {\ncolor: var(--ink);\nfont: 400 1rem/1.5 var(--font);\ntext-align: start;\nletter-spacing: normal;\noverflow-wrap: break-word;\n}\n.unseen {\nposition: absolute;\ninline-size: 1px;\nblock-size: 1px;\nmargin: -1px;\noverflow: hidden;\nclip-path: inset(50%);\nwhite-space: nowrap;\n}\n:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }\np, h2, h3, ul, ol, figure, blockquote { margin: 0; }\nbutton, textarea { font: inherit; color: inherit; }\nbutton { cursor: pointer; }\n.floating { position: fixed; inset-block-end: 1rem; inset-inline-end: 1rem; z-index: 2147483000; }\n.inline { block-size: 100%; }\n.launcher {\ndisplay: flex;\nalign-items: center;\ngap: 0.5rem;\nmin-block-size: 3rem;\nmargin-inline-start: auto;\npadding: 0.5rem 1.25rem 0.5rem 1rem;\nborder: 2px solid transparent;\nborder-radius: 2rem;\nbackground: var(--accent);\ncolor: var(--on-accent);\nfont-weight: 700;\nbox-shadow: 0 2px 10px rgb(0 0 0 / 30%);\n}\n.sign { inline-size: 1.75rem; block-size: 1.75rem; }\n.sign .ground { fill: currentColor; }\n.sign .mark { fill: var(--accent); }\n.opened .launcher { display: none; }\n#panel {\ndisplay: flex;\nflex-direction: column;\ninline-size: min(24rem, calc(100vw - 2rem));\nblock-size: min(40rem, calc(100vh - 2rem));\nblock-size: min(40rem, calc(100dvh - 2rem));\noverflow: hidden;\nborder: 1px solid var(--line);\nborder-radius: var(--radius);\nbackground: var(--surface);\nbox-shadow: 0 6px 30px rgb(0 0 0 / 35%);\n}\n.inline #panel { inline-size: 100%; block-size: 100%; border: 0; border-radius: 0; box-shadow: none; }\n@media (max-width: 30rem) {\n.floating.opened { inset: 0; }\n.floating #panel { inline-size: 100%; block-size: 100vh; block-size: 100dvh; border: 0; border-radius: 0; }\n}\n.head { display: flex; align-items: center; justify-content: space-between; padding-inline: 1rem 0.25rem; }\n.head h2 { padding-block: 0.6rem; font-size: 1.0625rem; line-height: 1.3; }\n.close {\ndisplay: grid;\nplace-items: center;\nflex: none;\ninline-size: 2.75rem;\nblock-size: 2.75rem;\nborder: 0;\nborder-radius: 0.5rem;\nbackground: none;\n}\n.close svg { inline-size: 1.25rem; fill: none; }\n.emergency {\ndisplay: flex;\nalign-items: center;\ngap: 0.75rem;\nflex: none;\npadding: 0.5rem 0.75rem 0.5rem 1rem;\nbackground: var(--danger);\ncolor: #ffffff;\nfont-size: 0.9375rem;\nline-height: 1.35;\n}\n.emergency p { flex: 1; }\n.emergency :focus-visible { outline-color: #ffffff; }\n.call {\ndisplay: inline-flex;\nalign-items: center;\njustify-content: center;\nmin-block-size: 2.75rem;\npadding: 0.25rem 1rem;\nborder: 2px solid transparent;\nborder-radius: 0.5rem;\nbackground: var(--danger);\ncolor: #ffffff;\nfont-weight: 700;\ntext-align: center;\ntext-decoration: none;\n}\n.emergency .call { flex: none; max-inline-size: 45%; background: #ffffff; color: #8f0f1a; }\n.talk { flex: 1; min-block-size: 6rem; overflow-y: auto; overscroll-behavior: contain; padding: 0.75rem 1rem; background: var(--ground); }\n.talk:focus-visible { outline-offset: -3px; }\n.draft, .hint { color: var(--muted); font-size: 0.875rem; line-height: 1.4; }\n.question {\ninline-size: fit-content;\nmax-inline-size: 88%;\nmargin: 1rem 0 0.5rem auto;\npadding: 0.5rem 0.9rem;\nborder-radius: 1rem 1rem 0.2rem;\nbackground: var(--accent);\ncolor: var(--on-accent);\nwhite-space: pre-line;\n}\n.answer { padding: 0.75rem 1rem; border: 1px solid var(--line); border-inline-start: 0.3rem solid var(--accent); border-radius: 0.5rem; background: var(--surface); }\n.kind-emergency { border-color: var(--danger); background: var(--danger-soft); }\n.kind-emergency > h3 { color: var(--danger-ink); }\n.kind-refusal { border-inline-start-color: var(--caution); }\n.kind-no_answer { border-inline-start-color: var(--muted); }\nh3 { font-size: 1rem; line-height: 1.35; }\n.notice { margin-block-start: 0.35rem; font-size: 0.9375rem; }\nfigure { margin-block-start: 0.75rem; }\nfigure + figure { padding-block-start: 0.75rem; border-block-start: 1px solid var(--line); }\n.heading { color: var(--muted); font-size: 0.875rem; }\n.kind-emergency .heading { color: var(--ink); font-weight: 700; }\nblockquote { font-size: 1.0625rem; }\nblockquote ol, blockquote ul { padding-inline-start: 1.5rem; }\nblockquote li + li, blockquote p + p { margin-block-start: 0.35rem; }\nfigcaption { display: grid; margin-block-start: 0.5rem; color: var(--muted); font-size: 0.875rem; line-height: 1.4; }\ncite { font-style: normal; font-weight: 600; }\na { color: inherit; }\nfigcaption a, .links a, .anew {\ndisplay: inline-flex;\nalign-items: center;\njustify-self: start;\nmin-block-size: 2.75rem;\ncolor: var(--ink);\ntext-decoration: underline;\ntext-underline-offset: 0.15em;\n}\nsummary { min-block-size: 2.75rem; padding-block: 0.6rem; color: var(--ink); font-size: 0.875rem; cursor: pointer; }\ndetails blockquote { padding-inline-start: 0.75rem; border-inline-start: 3px solid var(--line); font-size: 0.9375rem; }\n.picture { margin-block-start: 0.75rem; }\n.picture svg { display: block; inline-size: 100%; max-block-size: 12rem; border-radius: 0.5rem; background: #ffffff; }\n.alt { color: var(--muted); font-size: 0.875rem; }\n.calls, .suggestions ul { display: grid; gap: 0.5rem; padding: 0; list-style: none; }\n.calls { margin-block: 0.75rem; }\n.calls .call { inline-size: 100%; }\n.answer > .draft { margin-block-start: 0.75rem; }\n.suggestions { margin-block-start: 0.75rem; }\n.suggestions h3 { margin-block-end: 0.4rem; font-size: 0.9375rem; }\n.suggestions button {\ninline-size: 100%;\nmin-block-size: 2.75rem;\npadding: 0.5rem 0.9rem;\nborder: 1px solid var(--field-line);\nborder-radius: 0.5rem;\nbackground: var(--surface);\ntext-align: start;\n}\n.suggestions button::first-letter { text-transform: uppercase; }\n.foot { flex: none; padding: 0.4rem 1rem 0.5rem; border-block-start: 1px solid var(--line); }\n.status:empty, .problem:empty { display: none; }\n.status { color: var(--muted); font-size: 0.9375rem; }\n.problem { color: var(--danger-ink); font-size: 0.9375rem; font-weight: 600; }\nlabel { font-size: 0.9375rem; font-weight: 700; }\n.row { display: flex; gap: 0.5rem; align-items: stretch; margin-block: 0.2rem 0.25rem; }\ntextarea {\nflex: 1;\nmin-inline-size: 0;\nmin-block-size: 2.75rem;\nmax-block-size: 7rem;\npadding: 0.5rem 0.6rem;\nfield-sizing: content;\nborder: 2px solid var(--field-line);\nborder-radius: 0.5rem;\nbackground: var(--surface);\nresize: none;\n}\n.ask {\nflex: none;\nmin-inline-size: 4.5rem;\npadding: 0.25rem 0.9rem;\nborder: 2px solid transparent;\nborder-radius: 0.5rem;\nbackground: var(--accent);\ncolor: var(--on-accent);\nfont-weight: 700;\n}\n.links { margin-block-start: 0.5rem; display: flex; flex-wrap: wrap; justify-content: space-between; column-gap: 1rem; font-size: 0.875rem; }\n.anew { padding: 0; border: 0; background: none; }\n@media (max-height: 30rem) {\n#panel { overflow-y: auto; }\n.talk { flex: none; overflow: visible; }\n.emergency { position: sticky; inset-block-start: 0; }\n}\n@media (forced-colors: active) {\n.emergency, .answer, .question, .launcher { border: 2px solid CanvasText; }\n.call, .emergency .call { border-color: LinkText; background: Canvas; color: LinkText; }\n.ask, .launcher { border-color: ButtonText; background: ButtonFace; color: ButtonText; }\n.emergency, .question { background: Canvas; color: CanvasText; }\n.sign .mark { fill: Canvas; }\n}\n@media print { .floating { display: none; } }\n";
const WORDS = {"az": {"launcher": "Minalar barədə soruşun", "title": "Mina təhlükəsizliyi çatbotu", "close": "Çatbotu bağlayın", "inDanger": "İndi təhlükədəsiniz?", "stop": "Dayanın. Heç nəyə toxunmayın.", "call": "Zəng edin: %(number)s", "draft": "Sizə insan cavab vermir. Mətn qaralamadır, ANAMA onu təsdiqləməyib.", "talk": "Suallar və cavablar", "answers": "Ən son cavablar", "yourQuestion": "Sualınız", "ask": "Soruşun", "hint": "Ad, ünvan və telefon nömrəsi yazmayın.", "searching": "Cavab axtarılır", "oftenAsked": "Tez-tez soruşurlar", "alsoAsk": "Bunları da soruşa bilərsiniz", "newTalk": "Yeni söhbətə başlayın", "openPage": "Çatbotun öz səhifəsini açın", "newWindow": "(yeni pəncərədə açılır)", "openSource": "Mənbəni açın", "showOriginal": "Bu, tərcümədir. Orijinalı göstər", "source": "Mənbə: %(publisher)s", "asOf": "məlumatın tarixi: %(date)s", "kinds": {"answer": "Cavab: fayllarımızdan sözbəsöz", "emergency": "Fövqəladə hal: indi bunu edin", "refusal": "Rədd edildi. Bu təhlükəsizlik qaydasını oxuyun", "no_answer": "Fayllarımızda cavab yoxdur"}, "services": {"112": "xilasedicilər", "102": "polis", "103": "təcili tibbi yardım", "101": "yanğınsöndürənlər"}, "starters": ["Naməlum əşya tapmışam. Nə edim?", "Yaxınlıqda mina ola biləcəyini necə bilim?", "Kimə zəng edim?"], "problems": {"empty": "Əvvəlcə sualınızı yazın.", "tooLong": "Bu sualı oxuya bilmədik. Daha qısa yazın.", "busy": "Bir dəqiqədən sonra yenidən cəhd edin. Təhlükə varsa, gözləməyin: 112-yə zəng edin.", "unreachable": "İndi çatbotla əlaqə yoxdur. Təhlükə varsa, gözləməyin: 112-yə zəng edin.", "failed": "Yenidən cəhd edin. Təhlükə varsa, gözləməyin: 112-yə zəng edin."}}, "en": {"launcher": "Ask about mines", "title": "Mine safety chatbot", "close": "Close the chatbot", "inDanger": "In danger now?", "stop": "Stop. Do not touch anything.", "call": "Call %(number)s", "draft": "This is not a person. The text is a draft that ANAMA has not approved.", "talk": "Questions and answers", "answers": "Newest answers", "yourQuestion": "Your question", "ask": "Ask", "hint": "Do not write names, addresses or telephone numbers.", "searching": "Looking for the answer", "oftenAsked": "People often ask", "alsoAsk": "You can also ask", "newTalk": "Begin a new talk", "openPage": "Open the chatbot's own page", "newWindow": "(opens in a new window)", "openSource": "Open the source", "showOriginal": "This is a translation. Show the original", "source": "Source: %(publisher)s", "asOf": "as of %(date)s", "kinds": {"answer": "Answer in the words of our files", "emergency": "Emergency: do this now", "refusal": "Refused. Read this safety rule", "no_answer": "No answer in our files"}, "services": {"112": "rescue service", "102": "police", "103": "ambulance", "101": "fire service"}, "starters": ["I found a strange object. What should I do?", "How can I tell that mines may be near?", "Whom do I call?"], "problems": {"empty": "Type a question first.", "tooLong": "We could not read this question. Ask in fewer words.", "busy": "Try again in a minute. In danger, do not wait: call 112.", "unreachable": "The chatbot can't be reached now. In danger, do not wait: call 112.", "failed": "Try again. In danger, do not wait: call 112."}}, "ru": {"launcher": "Спросите о минах", "title": "Чат-бот о минной безопасности", "close": "Закрыть чат-бот", "inDanger": "Вы сейчас в опасности?", "stop": "Остановитесь. Ничего не трогайте.", "call": "Позвонить: %(number)s", "draft": "Вам отвечает не человек. Это черновой текст, ANAMA его не утверждало.", "talk": "Вопросы и ответы", "answers": "Последние ответы", "yourQuestion": "Ваш вопрос", "ask": "Спросить", "hint": "Не пишите имена, адреса и номера телефонов.", "searching": "Ищем ответ", "oftenAsked": "Часто спрашивают", "alsoAsk": "Можно спросить и об этом", "newTalk": "Начать новый разговор", "openPage": "Открыть страницу чат-бота", "newWindow": "(откроется в новом окне)", "openSource": "Открыть источник", "showOriginal": "Это перевод. Показать оригинал", "source": "Источник: %(publisher)s", "asOf": "данные на дату: %(date)s", "kinds": {"answer": "Ответ: дословно из наших файлов", "emergency": "Опасность: сделайте это сейчас", "refusal": "Отказ. Прочитайте это правило безопасности", "no_answer": "В наших файлах нет ответа"}, "services": {"112": "служба спасения", "102": "полиция", "103": "скорая помощь", "101": "пожарные"}, "starters": ["Я нашёл незнакомый предмет. Что делать?", "Как понять, что рядом могут быть мины?", "Кому звонить?"], "problems": {"empty": "Сначала напишите вопрос.", "tooLong": "Не удалось прочитать этот вопрос. Спросите короче.", "busy": "Попробуйте снова через минуту. Если есть опасность, не ждите: позвоните по номеру 112.", "unreachable": "Сейчас нет связи с чат-ботом. Если есть опасность, не ждите: позвоните по номеру 112.", "failed": "Попробуйте еще раз. Если есть опасность, не ждите: позвоните по номеру 112."}}};
const FIRST_LANGUAGE = "az";
const LONGEST_QUESTION = 1000;


const SVG = "http://www.w3.org/2000/svg";

function make(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

function makeSvg(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.filter((each) => each !== null && each !== undefined));
  return element;
}



const NUMBERED = /^\s*(\d{1,9})[.)]\s+/;
const BULLET = /^\s*[-*+]\s+/;

function quoteText(text) {
  const blocks = [];
  for (const line of text.split("\n").filter((each) => each.trim())) {
    addLine(blocks, line);
  }
  return blocks.map(blockElement);
}
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


const LONGEST_WAIT = 20_000;
const KEPT_QUESTIONS = 5;
const KEPT_BYTES = 11_000;
const BOT = new URL(document.currentScript.src).origin;

class Talk {
  #asked = [];

  forget() {
    this.#asked = [];
  }
  async ask(question, lang, audience) {
    const body = { question, lang: null, history: this.#asked, audience };
    const answer = await answerFrom(await sent(body, lang));
    this.#asked = fitting([...this.#asked, question].slice(-KEPT_QUESTIONS));
    return answer;
  }
}
function fitting(questions) {
  const bytes = new TextEncoder().encode(JSON.stringify(questions)).length;
  return bytes > KEPT_BYTES ? fitting(questions.slice(1)) : questions;
}

async function sent(body, lang) {
  try {
    return await fetch(`${BOT}/api/v1/ask`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": lang },
      body: JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(LONGEST_WAIT),
    });
  } catch (error) {
    throw failure("unreachable", error);
  }
}

async function answerFrom(response) {
  if (!response.ok) {
    throw failure(STATUSES[response.status] ?? "failed");
  }
  try {
    return await response.json();
  } catch (error) {
    throw failure("unreachable", error);
  }
}

const STATUSES = { 413: "tooLong", 422: "tooLong", 429: "busy", 503: "busy" };

function failure(name, cause) {
  const error = new Error(name, { cause });
  error.name = name;
  return error;
}


const COLOUR = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;

function accentRule(accent) {
  const parts = COLOUR.exec(accent ?? "");
  if (!parts) {
    return "";
  }
  const [red, green, blue] = parts.slice(1).map((part) => linear(parseInt(part, 16) / 255));
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const text = 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? "#ffffff" : "#000000";
  return `:host{--accent:var(--mine-risk-accent,${accent});--on-accent:var(--mine-risk-on-accent,${text})}`;
}

function linear(part) {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}



const SHAPES = new Set(["circle", "defs", "ellipse", "g", "line", "path", "polygon", "polyline", "rect", "svg", "text", "tspan"]);
const HANDLERS_AND_LINKS = /^on|href$|^style$|^xmlns/i;

function picture({ src, alt }) {
  const place = make("div", { class: "picture", role: "img", "aria-label": alt });
  const words = make("p", { class: "alt" }, alt);
  place.append(words);
  drawing(new URL(src, BOT)).then(
    (svg) => words.replaceWith(svg),
    () => undefined, // the words that stand in its place say the same
  );
  return place;
}
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



function answerView(answer, words, onSuggestion) {
  return make(
    "article",
    { class: `answer kind-${answer.kind}`, lang: answer.lang },
    make("h3", {}, words.kinds[answer.kind] ?? words.kinds.answer),
    answer.notice ? make("p", { class: "notice" }, answer.notice) : null,
    ...answer.quotes.map((quote) => quoteView(quote, words)),
    ...answer.pictures.map(picture),
    answer.actions.length ? calls(answer.actions, words) : null,
    make("p", { class: "draft" }, words.draft),
    answer.suggestions.length ? suggestions(answer.suggestions, words.alsoAsk, onSuggestion) : null,
  );
}

function spokenText(answer, words) {
  const quotes = answer.quotes.flatMap((quote) => [quote.text, citation(quote, words)]);
  const calls = answer.actions.map((action) => callText(action, words));
  return [words.kinds[answer.kind], answer.notice, ...quotes, ...calls].filter(Boolean).join(". ");
}

function suggestions(texts, title, onSuggestion) {
  const button = (text) => {
    const made = make("button", { type: "button" }, text);
    made.addEventListener("click", () => onSuggestion(text));
    return make("li", {}, made);
  };
  return make("div", { class: "suggestions" }, make("h3", {}, title), make("ul", {}, ...texts.map(button)));
}

function outside(href, text, words) {
  const place = make("span", { class: "unseen" }, ` ${words.newWindow}`);
  return make("a", { href, target: "_blank", rel: "noopener" }, text, place);
}

function quoteView(quote, words) {
  return make(
    "figure",
    {},
    make("p", { class: "heading", lang: quote.lang }, quote.section.heading),
    make("blockquote", { lang: quote.lang, cite: sourceAddress(quote) }, ...quoteText(quote.text)),
    make(
      "figcaption",
      {},
      make("cite", { lang: quote.lang }, quote.document.title),
      make("span", {}, citation(quote, words)),
      outside(sourceAddress(quote), words.openSource, words),
    ),
    quote.original ? original(quote.original, words) : null,
  );
}

function original(quote, words) {
  return make(
    "details",
    {},
    make("summary", {}, words.showOriginal),
    make("blockquote", { lang: quote.lang, cite: sourceAddress(quote) }, ...quoteText(quote.text)),
  );
}

function citation({ document: { publisher, as_of } }, words) {
  const source = words.source.replace("%(publisher)s", publisher);
  return as_of ? `${source}; ${words.asOf.replace("%(date)s", longDate(as_of, words.code))}` : source;
}

function longDate(iso, lang) {
  const known = Intl.DateTimeFormat.supportedLocalesOf([lang === "en" ? "en-GB" : lang]);
  const date = new Date(`${iso}T00:00:00Z`);
  return known.length
    ? new Intl.DateTimeFormat(known, { dateStyle: "long", timeZone: "UTC" }).format(date)
    : iso.split("-").reverse().join(".");
}
function sourceAddress(quote) {
  const address = new URL(quote.href, BOT);
  address.searchParams.set("start", quote.start);
  address.searchParams.set("end", quote.end);
  return address.href;
}

function calls(actions, words) {
  return make(
    "ul",
    { class: "calls" },
    ...actions
      .filter(({ href }) => /^tel:[+\d]+$/.test(href))
      .map((action) => make("li", {}, make("a", { class: "call", href: action.href }, callText(action, words)))),
  );
}

function callText({ label }, words) {
  const call = words.call.replace("%(number)s", label);
  return words.services[label] ? `${call} (${words.services[label]})` : call;
}



function chosenWords(lang) {
  const code = (lang ?? "").toLowerCase().split("-")[0];
  const known = Object.hasOwn(WORDS, code) ? code : FIRST_LANGUAGE;
  return { ...WORDS[known], code: known };
}



function panelView(words, inline, onSuggestion) {
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



class MineRiskChat extends HTMLElement {
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



if (!customElements.get("mine-risk-chat")) {
  customElements.define("mine-risk-chat", MineRiskChat);
}
})();
