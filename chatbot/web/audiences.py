"""The audiences by the names that people read."""

from chatbot.messages import say


def audience_names(lang: str) -> dict[str, str]:
    """Each audience of the knowledge files with its name in the language."""
    return {
        "everyone": say("Everyone", lang),
        "children-6-11": say("Children of 6 to 11 years", lang),
        "children-12-17": say("Young people of 12 to 17 years", lang),
        "parents": say("Parents", lang),
        "teachers": say("Teachers", lang),
        "farmers": say("Farmers", lang),
        "herders": say("Herders", lang),
        "builders": say("Builders", lang),
        "drivers": say("Drivers", lang),
        "returnees": say("People coming home", lang),
        "journalists": say("Journalists", lang),
    }
