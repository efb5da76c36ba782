"""Takes screenshots of a running chatbot: `python tests/browser/take_screenshots.py http://127.0.0.1:8000 FOLDER`.

All states of tests/page_states.py in every language, light and dark, for people to look at; the README shows three.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from page_states import LANGS, STATES, State
from visits import visit

PHONE = {"width": 360, "height": 740}


def take(browser: Browser, address: str, state: State, lang: str, scheme: str, folder: Path) -> None:
    """Saves one screenshot, as large as a phone's screen, named after state, language and look."""
    context = browser.new_context(base_url=address, viewport=PHONE, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    visit(page, state, lang)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=folder / f"{state.name}-{lang}-{scheme}.png")
    context.close()


def main(address: str, folder: Path) -> None:
    """Saves them all."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for state in [state for state in STATES if not state.token]:
            for lang in LANGS:
                for scheme in ("light", "dark"):
                    take(browser, address, state, lang, scheme, folder)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
