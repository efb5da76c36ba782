"""Every rule: the small folder is in order, one change breaks it, and the finding stands in the right line."""

from pathlib import Path
from typing import NamedTuple

import pytest
from knowledge_files import write
from small import change, check, folder, rules, text


class Broken(NamedTuple):
    """One change to the small folder, the rule that finds it, and a piece of the line that it points at."""

    rule: str
    name: str
    old: str
    new: str
    line: str


BROKEN = [
    Broken("review-due", "en/mines.md", "2027-01-31", "2026-02-28", "review_by"),
    Broken("review-soon", "en/mines.md", "2027-01-31", "2026-03-20", "review_by"),
    Broken("dates", "en/mines.md", "as_of: 2025-05-31", "as_of: 2026-05-31", "as_of"),
    Broken("dates", "en/mines.md", "published: 2025-05-02", "published: 2026-05-02", "publisher"),
    Broken("approval", "en/mines.md", "status: draft", "status: approved", "status"),
    Broken("approval", "en/mines.md", "status: draft", "status: draft\napproved_by: ANAMA", "status"),
    Broken("title", "en/mines.md", "title: Mines", 'title: " "', "title"),
    Broken("audience", "en/mines.md", "[everyone]", "[]", "audience"),
    Broken("sources", "en/mines.md", "publisher: UNICEF", 'publisher: ""', "publisher"),
    Broken("same-head", "az/mines.md", "as_of: 2025-05-31", "as_of: 2025-05-30", "as_of"),
    Broken("same-sources", "az/mines.md", "published: 2025-05-02", "published: 2025-05-03", "publisher"),
    Broken("same-sources", "ru/mines.md", "Report of 2 May", "Report of 3 May", "publisher"),
    Broken("same-sources", "ru/mines.md", "unicef.org/ffl/", "unicef.org/fl/", "publisher"),
    Broken("section-length", "en/mines.md", "Stop.", "Stop. " * 9, "## Do not touch"),
    Broken("unquotable", "en/mines.md", "## Figures", "### Other\n\nStop.\n\n## Figures", "### Other"),
    Broken("unquotable", "en/mines.md", "## Figures", "```\nStop.\n```\n\n## Figures", "```"),
    Broken("unquotable", "en/mines.md", "## Figures", "<p>Stop.</p>\n\n## Figures", "<p>"),
    Broken("steps", "ru/mines.md", "2. Отойдите", "3. Отойдите", "3. Отойдите"),
    Broken("questions", "en/mines.questions.yaml", "- figures 5\n", "", "## Figures"),
    Broken("question-twice", "en/mines.questions.yaml", "- figures 5\n", "- figures 5\n- Touch 5?\n", "Touch 5"),
    Broken("unfinished", "en/mines.md", "Stop.", "TODO.", "TODO"),
    Broken("link", "en/mines.md", "the object.", "[the object](fire.md#wildfire).", "the object"),
    Broken("link", "en/mines.md", "the object.", "[the object](#toch).", "the object"),
    Broken("link", "en/mines.md", "112.", "[112](tel:911).", "[112]"),
    Broken("picture-text", "en/mines.md", "the object.", "the object ![](sign.svg).", "sign.svg"),
    Broken("same-sections", "az/mines.md", "## Rəq", "## Yeni {#new}\n\nDayanın.\n\n## Rəq", "## Yeni"),
    Broken("same-sentences", "ru/mines.md", "Остановитесь. ", "", "## Не трогайте"),
    Broken("same-sentences", "ru/mines.md", "1. Остановитесь. Не", "Остановитесь.\n\n1. Не", "## Не трогайте"),
    Broken("same-numbers", "az/mines.md", "344", "345", "345"),
    Broken("same-numbers", "en/mines.md", "71 people", "at least 71 people", ""),
    Broken("same-numbers", "ru/mines.md", "ко 2 июня", "ко 2 июля", "июля"),
    Broken("same-numbers", "ru/mines.md", "71 человек и ранены 344", "344 человека и ранен 71", "ранен 71"),
    Broken("same-places", "ru/mines.md", "в Агдаме", "в Шуше", "в Шуше"),
    Broken("same-places", "az/mines.md", "Ağdamda ", "", "344"),
    Broken("negation", "ru/mines.md", "Не трогайте предмет", "Трогайте предмет", "Трогайте предмет"),
    Broken("negation", "az/mines.md", "Əşyaya toxunmayın", "Əşyaya toxunun", "toxunun"),
    Broken("negation", "en/mines.md", "Do not touch the object", "Touch the object", "Touch the object"),
    Broken("lost-not", "en/mines.md", "Do not touch the object", "Do touch the object", "Do touch"),
    Broken("telephone", "en/mines.md", "call 112", "call 911", "911"),
    Broken("telephone", "en/mines.md", "call 112", "call +994 12 555 01 12", "+994"),
    Broken("address", "en/mines.md", "Stop.", "Stop and read example.com.", "example.com"),
    Broken("address", "en/mines.md", "https://www.unicef.org/", "https://unicef.example/", "publisher"),
    Broken("invisible", "en/mines.md", "the object", "the\u200bobject", "1. Stop"),
    Broken("invisible", "en/mines.md", "the object", "the \u202eobject", "1. Stop"),
    Broken("invisible", "az/mines.md", "Dayanın", "Dayanın\u0307", "1. Dayanın"),
    Broken("invisible", "en/mines.questions.yaml", "touch 3", "touch\u00ad 3", "touch\u00ad 3"),
    Broken("mixed-alphabets", "en/mines.md", "the object", "the оbject", "1. Stop"),
    Broken("mixed-alphabets", "ru/mines.md", "предмет", "прeдмет", "1. Остановитесь"),
    Broken("mixed-alphabets", "az/mines.md", "Əşyaya", "Әşyaya", "1. Dayanın"),
    Broken("foreign-letters", "ru/mines.md", "Не трогайте предмет", "Не трогайте object", "object"),
    Broken("foreign-letters", "az/mines.md", "Dayanın", "Wait", "Wait"),
    Broken("foreign-letters", "en/mines.md", "Stop.", "Стоп.", "Стоп"),
    Broken("banned", "en/mines.md", "Stop.", "Stop, a detonator.", "detonator"),
    Broken("banned", "ru/mines.md", "Остановитесь.", "Остановитесь, детонатор.", "детонатор"),
    Broken("banned", "az/mines.md", "Dayanın.", "Dayanın, detonator.", "detonator"),
    Broken("measure", "en/mines.md", "Stop.", "Stop 100 metres away.", "100 metres"),
    Broken("measure", "ru/mines.md", "Остановитесь.", "Остановитесь за 100 метров.", "100 метров"),
    Broken("measure", "az/mines.md", "Dayanın.", "100 metrdə dayanın.", "100 metrdə"),
    Broken("killed-or-injured", "en/mines.md", "Stop.", "Mines killed 397 people.", "397"),
    Broken("killed-or-injured", "az/mines.md", "Dayanın.", "Minalardan 397 nəfər həlak olub.", "397"),
    Broken("killed-or-injured", "ru/mines.md", "Остановитесь.", "Погибли 397 человек.", "397"),
    Broken("long-sentence", "en/mines.md", "Stop.", "Stop " + "here " * 25 + ".", "here"),
    Broken("reading-level", "ru/mines.md", "Остановитесь.", "Остановитесь " + "незамедлительно " * 9 + ".", "## Не"),
    Broken("unreadable", "en/mines.md", "status: draft", "status: draft\nauthor: me", "author"),
    Broken("unreadable", "en/mines.md", "{#figures}", "{#touch}", "## Figures {#touch}"),
    Broken("unreadable", "en/mines.md", "{#figures}", "", "## Figures"),
    Broken("unreadable", "en/mines.md", "## Figures", "## Empty {#empty}\n\n## Figures", "## Empty"),
    Broken("original", "ru/mines.md", "translation_of: en", "translation_of: tr", "translation_of"),
    Broken("duplicate-id", "ru/mines.md", "translation_of: en\n", "", "---"),
    Broken("agreed", "places.yaml", "aghdam:", "aghdam: x #", "aghdam"),
]

WARNINGS = {"review-soon", "question-twice", "long-sentence", "reading-level"}


def test_small_folder_is_in_order(tmp_path: Path) -> None:
    assert check(folder(tmp_path)) == []
    assert check(folder(tmp_path / "figures", kind="figures")) == []


@pytest.mark.parametrize("broken", BROKEN, ids=[f"{each.rule}-{n}" for n, each in enumerate(BROKEN)])
def test_broken_file_is_found_in_its_line(broken: Broken, tmp_path: Path) -> None:
    change(folder(tmp_path), broken.name, broken.old, broken.new)
    found = [finding for finding in check(tmp_path) if finding.rule == broken.rule]
    assert found, rules(check(tmp_path))
    lines = {Path(each.file).read_text("utf-8").split("\n")[each.line - 1] for each in found}
    assert any(broken.line in line for line in lines), lines
    assert all(each.what and each.mend for each in found)
    assert {each.level for each in found} == {"warning" if broken.rule in WARNINGS else "error"}


def test_figures_need_a_date_and_who_counted(tmp_path: Path) -> None:
    folder(tmp_path, kind="figures")
    for lang, unsourced in (("en", "Of UNICEF"), ("az", "UNICEF"), ("ru", "UNICEF")):
        change(tmp_path, f"{lang}/mines.md", "as_of: 2025-05-31\n", "")
        old = {"en": "According to UNICEF", "az": "UNICEF-in məlumatına görə", "ru": "По данным UNICEF"}[lang]
        change(tmp_path, f"{lang}/mines.md", old, unsourced)
    assert rules(check(tmp_path)) == {"figures-dated", "figures-sourced"}


def test_figures_of_no_year_are_found(tmp_path: Path) -> None:
    folder(tmp_path, kind="figures")
    change(tmp_path, "en/mines.md", " by 2 June 2025", "")
    change(tmp_path, "az/mines.md", "2025-ci il iyunun 2-nə qədər ", "")
    change(tmp_path, "ru/mines.md", "ко 2 июня 2025 года ", "")
    assert rules(check(tmp_path)) == {"figures-dated"}


def test_places_or_signs_that_are_not_listed_are_not_looked_at(tmp_path: Path) -> None:
    folder(tmp_path)
    for name in ("allowed.yaml", "places.yaml"):
        (tmp_path / name).unlink()
    change(tmp_path, "ru/mines.md", "в Агдаме", "в Шуше")
    assert check(tmp_path) == []


def test_confirmed_sentence_stays_confirmed_until_it_changes(tmp_path: Path) -> None:
    folder(tmp_path)
    change(tmp_path, "ru/mines.md", "Не трогайте предмет", "Не трогайте и не двигайте предмет")
    [finding] = check(tmp_path)
    write(tmp_path, "reviewed.yaml", "- " + finding.mend.partition("reviewed.yaml: ")[2] + "\n")
    assert check(tmp_path) == []
    change(tmp_path, "az/mines.md", "Əşyaya toxunmayın", "Heç nəyə toxunmayın")
    assert rules(check(tmp_path)) == {"negation"}


@pytest.mark.parametrize("name", ["en/notes.txt", "mines.md", "en/old/mines.md", "en/fire.questions.yaml"])
def test_file_that_nothing_reads_is_found(name: str, tmp_path: Path) -> None:
    write(folder(tmp_path), name, "touch: [Can I?]\n")
    [finding] = check(tmp_path)
    assert (finding.rule, finding.file) == ("stray", str(tmp_path / name))


def test_file_name_that_is_no_id_is_found(tmp_path: Path) -> None:
    folder(tmp_path)
    for lang in ("en", "az", "ru"):
        for ending in (".md", ".questions.yaml"):
            (tmp_path / lang / f"mines{ending}").rename(tmp_path / lang / f"My mines{ending}")
    assert rules(check(tmp_path)) == {"id"}


def test_sections_in_another_order_are_found(tmp_path: Path) -> None:
    folder(tmp_path)
    whole = text("az")
    head, first, second = whole.partition("## Toxunmayın")[0], *whole.partition("## Toxunmayın")[2].split("## Rəq")
    write(tmp_path, "az/mines.md", f"{head}## Rəq{second.rstrip()}\n\n## Toxunmayın{first}")
    assert "same-sections" in rules(check(tmp_path))


def test_missing_translation_is_a_warning_at_the_original(tmp_path: Path) -> None:
    folder(tmp_path)
    write(tmp_path, "az/other.md", text("en").replace("Figures", "Others"))
    write(tmp_path, "az/other.questions.yaml", (tmp_path / "en/mines.questions.yaml").read_text("utf-8"))
    found = [finding for finding in check(tmp_path) if finding.rule == "translation-missing"]
    assert [(finding.file, finding.level) for finding in found] == [(str(tmp_path / "az/other.md"), "warning")] * 2


def test_broken_original_is_told_once(tmp_path: Path) -> None:
    folder(tmp_path)
    change(tmp_path, "en/mines.md", "status: draft", "status: ready")
    assert [finding.rule for finding in check(tmp_path)] == ["unreadable"]


def test_pictures_need_words_in_every_language_and_a_section(tmp_path: Path) -> None:
    picture = "sign:\n  alt: {en: A red sign., az: Qırmızı nişan., ru: Красный знак.}\n  sections: [mines#touch]\n"
    write(folder(tmp_path), "pictures.yaml", picture)
    assert check(tmp_path) == []
    write(tmp_path, "pictures.yaml", picture.replace("ru: Красный знак.", "ru: ''").replace("#touch", "#tuch"))
    assert rules(check(tmp_path)) == {"picture-text", "picture-section"}


@pytest.mark.parametrize(
    "link", ["#figures", "mines.md#touch", "/documents/ru/mines#touch", "https://unicef.org/", "tel:112"]
)
def test_links_that_lead_somewhere_are_fine(link: str, tmp_path: Path) -> None:
    change(folder(tmp_path), "en/mines.md", "the object.", f"[the object]({link}).")
    assert "link" not in rules(check(tmp_path))
