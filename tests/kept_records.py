"""A database with some counts and questions, for the tests of the maintainers' page."""

from datetime import timedelta

from chatbot.records.database import connect, upgrade, writing
from chatbot.records.recorder import this_day
from chatbot.records.store import Event, write

TOKEN = "correct horse battery staple"
SECTION = "emergency-object#found"
DRONES = ["Can I fly a drone here?", "can i fly a drone here", "Can I fly a drone […] here?"]
ALONE = "Where do I buy honey in the village?"


def write_records(url: str) -> None:
    """Makes the database, with a question that several people asked, one that nobody else did, and counts."""
    database = connect(url)
    upgrade(database)
    today = this_day()
    open_questions = [Event(today, "no_answer", "en", cause="not_in_files", text=text) for text in [*DRONES, ALONE]]
    with writing(database) as connection:
        write(connection, open_questions)
        write(connection, [Event(today, "emergency", "az", (SECTION,))] * 7)
        write(connection, [Event(today, "answer", "ru", (SECTION,), helpful=False, cause="unhelpful", text="сирота")])
        write(connection, [Event(today - timedelta(days=60), "answer", "ru", ("figures#latest-total",))] * 9)
