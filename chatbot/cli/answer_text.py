"""Answer -> plain text for a terminal."""

from chatbot.answer import Answer
from chatbot.messages import say
from chatbot.quotes import list_mark


def answer_text(answer: Answer) -> str:
    """The notice, the quotes with their sources, the numbers to call, and what else to ask."""
    lines = []
    if answer.notice:
        lines += [answer.notice, ""]
    for quote in answer.quotes:
        source = quote.document.front_matter.sources[0]
        said = list_mark(quote) + quote.text
        lines += [quote.section.heading, *(f"  {line}" for line in said.splitlines())]
        lines += [f"  — {quote.document.front_matter.title}; {source.publisher}, {source.url}", ""]
    if answer.actions:
        lines += [say("Call: {numbers}", answer.lang, numbers=", ".join(action.label for action in answer.actions)), ""]
    if answer.suggestions:
        lines += [say("You can also ask:", answer.lang), *(f"  {text}" for text in answer.suggestions)]
    return "\n".join(lines).rstrip()
