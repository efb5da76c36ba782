"""What the widget itself says in a language, from the catalogues."""

from collections.abc import Mapping
from typing import Any

from chatbot.messages import say


def widget_words(lang: str) -> Mapping[str, Any]:
    """The widget's words by the names that its script uses."""
    return {
        "launcher": say("Ask about mines", lang),
        "title": say("Mine safety chatbot", lang),
        "close": say("Close the chatbot", lang),
        "inDanger": say("In danger now?", lang),
        "stop": say("Stop. Do not touch anything.", lang),
        "call": say("Call %(number)s", lang),
        "draft": say("This is not a person. The text is a draft that ANAMA has not approved.", lang),
        "talk": say("Questions and answers", lang),
        "answers": say("Newest answers", lang),
        "yourQuestion": say("Your question", lang),
        "ask": say("Ask", lang),
        "hint": say("Do not write names, addresses or telephone numbers.", lang),
        "searching": say("Looking for the answer", lang),
        "oftenAsked": say("People often ask", lang),
        "alsoAsk": say("You can also ask", lang),
        "newTalk": say("Begin a new talk", lang),
        "openPage": say("Open the chatbot's own page", lang),
        "newWindow": say("(opens in a new window)", lang),
        "openSource": say("Open the source", lang),
        "showOriginal": say("This is a translation. Show the original", lang),
        "source": say("Source: %(publisher)s", lang),
        "asOf": say("as of %(date)s", lang),
        "kinds": _kinds(lang),
        "services": _services(lang),
        "starters": _starters(lang),
        "problems": _problems(lang),
    }


def _kinds(lang: str) -> Mapping[str, str]:
    return {
        "answer": say("Answer in the words of our files", lang),
        "emergency": say("Emergency: do this now", lang),
        "refusal": say("Refused. Read this safety rule", lang),
        "no_answer": say("No answer in our files", lang),
    }


def _services(lang: str) -> Mapping[str, str]:
    return {
        "112": say("rescue service", lang),
        "102": say("police", lang),
        "103": say("ambulance", lang),
        "101": say("fire service", lang),
    }


def _starters(lang: str) -> list[str]:
    return [
        say("I found a strange object. What should I do?", lang),
        say("How can I tell that mines may be near?", lang),
        say("Whom do I call?", lang),
    ]


def _problems(lang: str) -> Mapping[str, str]:
    return {
        "empty": say("Type a question first.", lang),
        "tooLong": say("We could not read this question. Ask in fewer words.", lang),
        "busy": say("Try again in a minute. In danger, do not wait: call 112.", lang),
        "unreachable": say("The chatbot can't be reached now. In danger, do not wait: call 112.", lang),
        "failed": say("Try again. In danger, do not wait: call 112.", lang),
    }
