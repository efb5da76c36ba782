"""For any WSGI server: `chatbot.wsgi:app`, with the settings of the environment, for example
`gunicorn --threads 16 chatbot.wsgi:app`. `chatbot serve` needs none of them."""

from chatbot.engine import load_engine
from chatbot.logs import configure
from chatbot.settings import read_settings
from chatbot.web import create_app
from chatbot.web.warming import warm

_settings = read_settings()
configure(_settings.log_level, _settings.log_format)
_engine = load_engine(_settings)
app = create_app(_settings, _engine)
warm(app, _engine)
