// What can be done with a quote: copy, share, listen. Each button shows only where the browser can do it.
import { spoken } from "./chat-element.js";

const SHOWN_MS = 2500;

/** Shows the buttons that work here, now and when the browser finds its voices. */
export function startTools(transcript, say, signal) {
  const refresh = () => showTools(transcript);
  transcript.addEventListener("click", (event) => use(event, transcript, say), { signal });
  globalThis.speechSynthesis?.addEventListener?.("voiceschanged", refresh, { signal });
  globalThis.addEventListener("pagehide", stopReading, { signal });
  refresh();
  return refresh;
}

/** Ends reading aloud; whether anything was being read. */
export function stopReading() {
  const reading = Boolean(globalThis.speechSynthesis?.speaking);
  if (reading) speechSynthesis.cancel();
  return reading;
}

function showTools(transcript) {
  for (const button of transcript.querySelectorAll("[data-tool]")) {
    button.hidden = !able(button);
  }
}

function able(button) {
  if (button.dataset.tool === "listen") return Boolean(voiceOf(quoteOf(button).text.lang));
  return Boolean(navigator.clipboard) || (button.dataset.tool === "share" && Boolean(navigator.share));
}

// A voice of the device itself: others would send the text elsewhere.
function voiceOf(lang) {
  const voices = globalThis.speechSynthesis?.getVoices() ?? [];
  return voices.find((voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === lang);
}

function quoteOf(button) {
  const figure = button.closest(".quote");
  return {
    text: figure.querySelector("blockquote"),
    source: figure.querySelector("figcaption").textContent.replace(/\s+/g, " ").trim(),
    href: figure.querySelector(".tools a")?.href ?? "",
  };
}

async function use(event, transcript, say) {
  const button = event.target.closest("[data-tool]");
  if (!button) return;
  const quote = quoteOf(button);
  if (button.dataset.tool === "listen") {
    listen(button, quote.text);
    return;
  }
  const text = spoken(quote.text);
  if (button.dataset.tool === "copy") {
    await navigator.clipboard.writeText(`${text}\n\n${quote.source}\n${quote.href}`.trim());
    done(button, say("copied"));
  } else if (navigator.share) {
    await navigator.share({ text, url: quote.href }).catch(() => {});
  } else {
    await navigator.clipboard.writeText(quote.href);
    done(button, say("link-copied"));
  }
}

function done(button, words) {
  const before = button.dataset.before ?? button.textContent;
  button.dataset.before = before;
  button.textContent = words;
  setTimeout(() => {
    button.textContent = before;
  }, SHOWN_MS);
}

function listen(button, block) {
  const pressed = button.getAttribute("aria-pressed") === "true";
  stopReading();
  if (pressed) return;
  const speech = new SpeechSynthesisUtterance(spoken(block));
  speech.lang = block.lang;
  speech.voice = voiceOf(block.lang);
  speech.onend = speech.onerror = () => button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-pressed", "true");
  speechSynthesis.speak(speech);
}
