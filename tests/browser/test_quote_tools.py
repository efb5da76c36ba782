"""What can be done with a quote: open its original and its source, copy, share, have it read aloud."""

from page_states import LOOKS
from playwright.sync_api import BrowserContext, Page, expect
from visits import ask

VOICES = """
const voices = [{lang: "ru-RU", localService: true}, {lang: "az-AZ", localService: false}];
const said = [];
Object.defineProperty(window, "speechSynthesis", {value: {
  speaking: false,
  getVoices: () => voices,
  addEventListener: () => {},
  speak(speech) { this.speaking = true; said.push(speech.text); document.title = speech.text; },
  cancel() { this.speaking = false; document.title = "silent"; },
}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def test_escape_closes_what_opened(page: Page) -> None:
    page.goto("/ru/")
    ask(page, LOOKS["ru"])
    original = page.locator("#answer details.original")
    original.locator("summary").click()
    expect(original.locator("blockquote")).to_be_visible()
    expect(original.locator("blockquote")).to_have_attribute("lang", "en")
    page.locator("#question").focus()
    page.keyboard.press("Escape")
    expect(original.locator("blockquote")).to_be_hidden()
    expect(page.locator("#question")).to_be_focused()
    original.locator("summary").press("Enter")
    original.locator("a").focus()
    page.keyboard.press("Escape")
    expect(original.locator("summary")).to_be_focused()


def test_copy_and_share_bring_words_and_source(new_context: object) -> None:
    context: BrowserContext = new_context(permissions=["clipboard-read", "clipboard-write"])  # type: ignore[operator]
    page = context.new_page()
    page.goto("/en/")
    ask(page, LOOKS["en"])
    tools = page.locator("#answer .quote").first.locator(".tools")
    words = page.locator("#answer blockquote").first.inner_text()
    tools.get_by_role("button", name="Copy").click()
    expect(tools.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(words)
    assert "Source:" in copied
    assert "/documents/en/what-it-looks-like?start=" in copied
    tools.get_by_role("button", name="Share").click()
    expect(tools.get_by_role("button", name="The link is copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("http")


def test_reading_aloud_is_offered_only_with_a_voice_of_the_device(page: Page) -> None:
    page.add_init_script(VOICES)
    page.goto("/az/")
    ask(page, LOOKS["az"])
    page.locator("#answer .answer").wait_for()
    expect(page.locator("#answer [data-tool=listen]").first).to_be_hidden()
    ask(page, LOOKS["ru"])
    listen = page.locator(".answer[lang=ru] [data-tool=listen]").first
    listen.click()
    expect(listen).to_have_attribute("aria-pressed", "true")
    assert page.title() == page.locator(".answer[lang=ru] blockquote").first.inner_text()
    page.keyboard.press("Escape")
    assert page.title() == "silent"


def test_source_opens_with_the_sentence_marked(page: Page) -> None:
    page.goto("/en/")
    ask(page, LOOKS["en"])
    words = page.locator("#answer blockquote").first.inner_text()
    with page.context.expect_page() as opened:
        page.locator("#answer .tools a").first.click()
    source = opened.value
    marked = " ".join(source.locator("mark").all_inner_texts())
    assert marked == words
    assert source.locator("mark").first.is_visible()
    expect(page.locator("#answer .question")).to_have_text(LOOKS["en"])
