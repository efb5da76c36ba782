"""Keeps the widget as it is now, so that pages which pinned this version go on working after it has changed."""

from chatbot.settings import Settings, read_settings
from chatbot.web.embed import RELEASES
from chatbot.web.widget_bundle import make_widget


def keep_release(settings: Settings) -> str:
    """Writes the widget into the static folder under its version, and returns the version."""
    languages = sorted(path.name for path in settings.knowledge.iterdir() if path.is_dir())
    widget = make_widget(settings.static, languages)
    folder = settings.static / RELEASES
    folder.mkdir(exist_ok=True)
    (folder / f"{widget.version}.js").write_bytes(widget.script.raw)
    return widget.version


if __name__ == "__main__":
    print(f"kept the widget {keep_release(read_settings())}")
