from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from chatbot.errors import SettingsError
from chatbot.settings import PREFIX, Settings, read_settings, settings_help

NUMBERS = [each.name for each in fields(Settings) if type(each.default) is int]


@pytest.mark.parametrize("name", [each.name for each in fields(Settings)])
def test_every_setting_is_documented(name: str) -> None:
    line = next(line for line in settings_help().splitlines() if f"{PREFIX}{name.upper()}:" in line)
    assert len(line.partition(":")[2].split()) >= 4


def test_help_names_no_setting_that_is_none() -> None:
    named = [line.strip().partition(":")[0] for line in settings_help().splitlines() if line.startswith(f"  {PREFIX}")]
    assert named == [f"{PREFIX}{each.name.upper()}" for each in fields(Settings)]


def test_help_shows_the_defaults() -> None:
    assert "[default: 8000]" in settings_help()
    assert "[default: 127.0.0.1]" in settings_help()


def test_empty_environment_gives_defaults_that_run() -> None:
    found = read_settings({})
    assert found == Settings()
    assert found.knowledge.is_dir()
    assert found.evals.is_dir()
    assert (found.host, found.port) == ("127.0.0.1", 8000)


def test_environment_overrides_each_kind_of_setting() -> None:
    found = read_settings(
        {"CHATBOT_PORT": "9000", "CHATBOT_HOST": "::1", "CHATBOT_INDEX": "an/index", "CHATBOT_ALLOW_DOWNLOAD": "1"}
    )
    assert (found.port, found.host, found.index, found.allow_download) == (9000, "::1", Path("an/index"), True)


@pytest.mark.parametrize(("text", "on"), [("1", True), ("True", True), ("yes", True), ("0", False), ("OFF", False)])
def test_switch_is_read(text: str, on: bool) -> None:
    assert read_settings({"CHATBOT_ALLOW_DOWNLOAD": text}).allow_download is on


@pytest.mark.parametrize("text", ["2", "maybe", " ", "-1"])
def test_wrong_switch_is_an_error_that_names_it(text: str) -> None:
    with pytest.raises(SettingsError, match="CHATBOT_ALLOW_DOWNLOAD") as caught:
        read_settings({"CHATBOT_ALLOW_DOWNLOAD": text})
    assert "true" in (caught.value.mend or "")


def test_empty_value_means_the_default() -> None:
    assert read_settings({"CHATBOT_PORT": "", "CHATBOT_INDEX": ""}) == Settings()


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", ["many", "-1", "1.5", "0x10", " ", "1e3"])
def test_wrong_number_is_an_error_that_names_it(name: str, value: str) -> None:
    variable = f"{PREFIX}{name.upper()}"
    with pytest.raises(SettingsError, match=variable) as caught:
        read_settings({variable: value})
    assert caught.value.mend == "give a whole number that is not negative"


def test_origins_are_read_with_commas_or_spaces_between() -> None:
    found = read_settings({"CHATBOT_ALLOWED_ORIGINS": "https://school.az, http://localhost:8080  https://a-b.edu.az"})
    assert found.allowed_origins == ("https://school.az", "http://localhost:8080", "https://a-b.edu.az")


@pytest.mark.parametrize(
    "value",
    [
        "*",
        "null",
        "school.az",
        "https://school.az/",
        "https://School.az",
        "https://*.az",
        "https://school.az:443",
        "http://school.az:80",
        "ftp://school.az",
        "https://school.az;x",
        "https://",
        "https://a.az https://b.az/x",
    ],
)
def test_wrong_origin_is_an_error_that_names_it(value: str) -> None:
    with pytest.raises(SettingsError, match="CHATBOT_ALLOWED_ORIGINS"):
        read_settings({"CHATBOT_ALLOWED_ORIGINS": value})


def test_given_settings_take_precedence_and_none_changes_nothing() -> None:
    found = Settings(port=1).having(port=2, host=None)
    assert (found.port, found.host) == (2, "127.0.0.1")


def test_settings_can_not_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]


def test_each_knowledge_folder_has_an_index_of_its_own(tmp_path: Path) -> None:
    one, other = Settings(knowledge=tmp_path / "a"), Settings(knowledge=tmp_path / "b")
    assert one.index_folder != other.index_folder
    assert one.index_folder == Settings(knowledge=tmp_path / "b" / ".." / "a").index_folder


def test_named_index_folder_is_used_as_it_is(tmp_path: Path) -> None:
    assert Settings(index=tmp_path).index_folder == tmp_path


@pytest.mark.parametrize("value", ["", "none"])
def test_emptied_database_means_that_nothing_is_kept(value: str) -> None:
    assert read_settings({"CHATBOT_DATABASE": value}).database_url is None


def test_database_is_a_file_unless_named_otherwise(tmp_path: Path) -> None:
    assert (Settings().database_url or "").endswith("mine-risk-chatbot/records.sqlite")
    assert Settings(database=str(tmp_path / "a.db")).database_url == f"sqlite:///{tmp_path}/a.db"
    assert Settings(database="postgresql://host/name").database_url == "postgresql://host/name"


@pytest.mark.parametrize("name", ["CHATBOT_MAINTAIN_TOKEN", "CHATBOT_SECRET"])
def test_short_secret_is_refused_and_none_is_shown(name: str) -> None:
    with pytest.raises(SettingsError, match=name) as caught:
        read_settings({name: "fifteen letters"})
    assert "fifteen" not in str(caught.value)
    found = read_settings({name: "sixteen letters!"})
    assert "sixteen" not in repr(found)


def test_hosts_are_read_with_their_subdomains() -> None:
    found = read_settings({"CHATBOT_TRUSTED_HOSTS": "chat.example.az, .school.az localhost:8000"})
    assert found.trusted_hosts == ("chat.example.az", ".school.az", "localhost:8000")


@pytest.mark.parametrize("value", ["*", "https://chat.az", "Chat.az", "chat.az/", "..az", "chat az;", "a_b.az"])
def test_wrong_host_is_an_error_that_names_it(value: str) -> None:
    with pytest.raises(SettingsError, match="CHATBOT_TRUSTED_HOSTS"):
        read_settings({"CHATBOT_TRUSTED_HOSTS": value})


def test_as_many_questions_are_worked_on_as_there_are_cores() -> None:
    assert Settings().at_work >= 1
    assert Settings(workers=1000).at_work == 1
    assert Settings(questions_at_work=7, workers=2).at_work == 7
