"""Rule: translations that are missing, or older than what their original says now. Warnings."""

from collections.abc import Iterator

from chatbot.checks.findings import Finding
from chatbot.checks.library import Library
from chatbot.translated import statuses


def behind(library: Library) -> Iterator[Finding]:
    """Documents that a language lacks, and sections whose original has changed since they were compared."""
    files = {(file.lang, file.document.id): file for file in library.files}
    originals = {family.original.document.id: family.original for family in library.families}
    told = set()
    for status in statuses([file.document for file in library.files], library.accepted):
        file = files.get((status.lang, status.document))
        original = originals[status.document]
        if file is None and (status.lang, status.document) not in told:
            told.add((status.lang, status.document))
            what = f"`{status.document}` is not translated into `{status.lang}`"
            yield original.warning("translation-missing", 1, what, f"write {status.lang}/{status.document}.md")
        section = file.document.section(status.section) if file else None
        if file and section and status.state == "behind":
            what = f"the original of section `{status.section}` has changed since it was translated"
            mend = f"compare the two, then run `chatbot translate-status --accept {status.document}`"
            yield file.warning("translation-behind", file.line(section.start), what, mend)
