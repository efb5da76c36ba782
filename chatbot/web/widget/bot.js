// What the widget asks of the chatbot's server. It keeps the person's questions in memory alone, for follow-ups.

const LONGEST_WAIT = 20_000;
const KEPT_QUESTIONS = 5;

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
    this.#asked = [...this.#asked, question].slice(-KEPT_QUESTIONS);
    return answer;
  }
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
