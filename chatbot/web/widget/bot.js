// What the widget asks of the chatbot's server. It keeps the person's questions in memory alone, for follow-ups.

const LONGEST_WAIT = 20_000;
const KEPT_QUESTIONS = 5;
const KEPT_BYTES = 11_000;
// Of the 16 KB that a request may have; the rest is for the next question.

// The script's own address says where the chatbot is.
export const BOT = new URL(document.currentScript.src).origin;

export class Talk {
  #asked = [];

  forget() {
    this.#asked = [];
  }

  // The answer, or an Error whose `name` is a key of the words that say what went wrong.
  async ask(question, lang, audience) {
    const body = { question, lang: null, history: this.#asked, audience };
    const answer = await answerFrom(await sent(body, lang));
    this.#asked = fitting([...this.#asked, question].slice(-KEPT_QUESTIONS));
    return answer;
  }
}

// The newest of the questions, as many as a request has room for.
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
