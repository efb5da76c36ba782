"""The tree that screen readers get of a page, as kept in `snapshots/`: `python tests/browser/trees.py ADDRESS` renews.

What the knowledge files say is left out, for it changes and is tested elsewhere; the chatbot's own words stay.
"""

import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from page_states import LANGS, STATES, State
from visits import visit

SNAPSHOTS = Path(__file__).parent / "snapshots"
KEPT = (
    "empty",
    "answer",
    "emergency",
    "refusal",
    "no-answer",
    "offline-emergency",
    "widget-answer",
    "widget-emergency",
)
DATE = re.compile(r"\b\d\d\.\d\d\.\d{4}\b")
WITHOUT_KNOWLEDGE = """() => {
  const roots = [document, document.querySelector("mine-risk-chat")?.shadowRoot].filter(Boolean);
  const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
  const later = "figure ~ figure, .pictures li ~ li, .picture ~ .picture, .suggestions li ~ li";
  all(`${later}, [data-slot=as-of], [data-slot=others]`).forEach((each) => each.remove());
  const said = "blockquote, cite, .quote-heading, .heading, .suggestions button, .saved, [role=log] p";
  const source = "[data-slot=publisher], figcaption cite + span:not(.source)";
  all(`${said}, ${source}`).forEach((each) => { each.textContent = "…"; });
  all("img").forEach((each) => { each.alt = "…"; });
  all("[role=img]").forEach((each) => { each.ariaLabel = "…"; });
}"""


def states() -> list[State]:
    return [state for state in STATES if state.name in KEPT]


def tree(page: Page, state: State) -> str:
    """The accessibility tree of the page, or of the widget in it, without what the knowledge files say, addresses but
    telephone's, and dates."""
    expect(page.locator(".picture .alt")).to_have_count(0)  # words that stand there until their drawing has come
    page.evaluate(WITHOUT_KNOWLEDGE)
    part = page.locator("mine-risk-chat" if state.opens else "body")
    without_addresses = re.sub(r"(/url: )(?!tel:).*", r"\1…", part.aria_snapshot())
    return DATE.sub("…", without_addresses) + "\n"


def main(address: str) -> None:
    """Writes them all."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for state in states():
            for lang in LANGS:
                page = browser.new_page(base_url=address, viewport={"width": 360, "height": 740})
                visit(page, state, lang)
                (SNAPSHOTS / f"{state.name}-{lang}.yaml").write_text(tree(page, state))
                page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
