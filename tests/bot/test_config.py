"""Settings are read, and what is wrong is told with file and line."""

from pathlib import Path

import pytest

from bot.config import Config, ConfigError, load, parse
from chat.address import Address

ROOT = Path(__file__).parents[2]
HERE = Path()


def test_the_file_as_shipped_runs_on_embedded_defaults() -> None:
    config = load(ROOT / "config.yaml", {})
    assert config.store.url == "embedded"
    assert config.channels.web is not None
    assert config.channels.telegram is None
    assert config.desk_address == Address("web", "desk")
    assert Path(config.data) == ROOT / "data"


def test_an_empty_file_means_the_defaults() -> None:
    shipped = load(ROOT / "config.yaml", {})
    assert parse("", "config.yaml", ROOT, {}) == shipped


def test_a_telegram_desk() -> None:
    text = (
        "channels:\n  telegram:\n    token: ${TOKEN}\n    api_base: http://127.0.0.1:8081/\n"
        "desk:\n  channel: telegram:-1001\n"
    )
    config = parse(text, "c.yaml", HERE, {"TOKEN": "12:abcdef"})
    assert config.channels.telegram is not None
    assert config.channels.telegram.token == "12:abcdef"
    assert config.channels.telegram.api_base == "http://127.0.0.1:8081"
    assert config.desk_address == Address("telegram", "-1001")


def test_a_secret_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("12:abcdef\n")
    text = "channels:\n  telegram: {token: 'file:token'}\n  web: {}\n"
    config = parse(text, "c.yaml", tmp_path, {})
    assert config.channels.telegram is not None
    assert config.channels.telegram.token == "12:abcdef"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("channels:\n  web:\n    prot: 80", 3, ["prot", "did you mean “port”"]),
        ("channels:\n  web:\n    port: 'x'", 3, ["port", "a whole number"]),
        ("channels:\n  web:\n    port: 99999", 3, ["at most 65535"]),
        ("brand: x\ndesk:\n  language: fr", 3, ["fr", "en, zh"]),
        ("desk: web", 1, ["is a text", "keys with values"]),
        ("[1]", 1, ["is a list"]),
        ("brand: [", 1, ["not valid YAML"]),
        ("brand: a\nbrand: b", 2, ["second time"]),
        ("brand: &x y\nlanguage: *x", 2, ["alias"]),
        ("desk:\n  channel: irc", 2, ["irc", "telegram:<chat id>"]),
        ("desk:\n  channel: telegram:-100", 2, ["channels.telegram is not set up"]),
        ("desk:\n  agents: [bob]", 2, ["bob", "<platform>:<user id>"]),
        ("store:\n  url: mysql://x", 2, ["mysql", "redis://"]),
        ("archive:\n  url: mysql://me:secret@x/y", 2, ["mysql://…", "sqlite:///data/archive"]),
        ("archive:\n  url: archive.sqlite3", 2, ["no", "URL", "sqlite:///data/archive"]),
        ("archive:\n  url: 'sqlite://'", 2, ["sqlite://…"]),
        ("archive:\n  keep_days: 0", 2, ["keep_days", "at least 1"]),
        ("channels:\n  telegram:\n    token: ${NOPE}", 3, ["NOPE is not set", "export NOPE"]),
        ("channels:\n  telegram:\n    token: abc", 3, ["bot token"]),
        ("channels:\n  telegram:\n    token: 'file:no/such'", 3, ["cannot be read"]),
        ("channels:\n  telegram: {}", 2, ["lacks “token”"]),
        ("brand: x\n\nknowledge: no-such-folder", 3, ["no folder"]),
        ("knowledge:\n  folder: no-such-folder", 2, ["no folder"]),
        ("knowledge:\n  values: none.yaml", 2, ["no file", "btc_withdraw"]),
        ("knowledge:\n  valeus: none.yaml", 2, ["valeus", "values"]),
        ("secrets:\n  phones: hide", 2, ["hide", "show", "mask"]),
        ("secrets:\n  seeds: show", 2, ["seeds", "phones"]),
        ("- " * 5000, 1, ["nested too deeply"]),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, says: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(text, "c.yaml", HERE, {})
    message = str(caught.value)
    assert message.startswith(f"c.yaml:{line}: ")
    assert "; " in message
    for part in says:
        assert part in message


def test_a_secret_never_stands_in_an_error() -> None:
    with pytest.raises(ConfigError) as caught:
        parse(
            "channels:\n  telegram:\n    token: ${T}\n    api_base: ftp://x",
            "c.yaml",
            HERE,
            {"T": "12:very-secret"},
        )
    assert "very-secret" not in str(caught.value)


def test_an_archive_is_a_file_beside_the_settings_or_a_server(tmp_path: Path) -> None:
    def url(text: str, environment: dict[str, str]) -> str:
        return parse(text, "c.yaml", tmp_path, environment).archive_url

    assert url("data: there", {}) == f"sqlite:///{tmp_path}/there/archive.sqlite3"
    assert url("archive: {url: 'sqlite:///facts.db'}", {}) == f"sqlite:///{tmp_path}/facts.db"
    assert url("archive: {url: 'sqlite:////var/facts.db'}", {}) == "sqlite:////var/facts.db"
    secret = {"ARCHIVE": "postgres://kefu:hunter2@db/kefu"}
    found = url("archive: {url: '${ARCHIVE}'}", secret)
    assert found == "postgresql+psycopg://kefu:hunter2@db/kefu"


def test_a_missing_driver_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.config.checks.find_spec", lambda name: None)
    with pytest.raises(
        ConfigError, match=r"c\.yaml:1: .*pip install 'psycopg\[binary\]'"
    ) as caught:
        parse("archive: {url: 'postgresql://kefu:hunter2@db/kefu'}", "c.yaml", HERE, {})
    assert "hunter2" not in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load(tmp_path / "config.yaml", {})


def test_every_default_is_shown_in_the_shipped_file() -> None:
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    for name in Config.__struct_fields__:
        assert f"{name}:" in text


def test_spare_groups_stand_in_for_a_forum_group_only() -> None:
    telegram = "channels: {telegram: {token: '123456:ABC-def'}}\n"
    good = parse(
        telegram + "desk:\n  channel: telegram:-1001\n  spare: ['telegram:-1002']\n",
        "c.yaml", HERE, {},
    )  # fmt: skip
    assert [desk.key for desk in good.spare_desks] == ["telegram:-1002"]
    for text in (
        telegram + "desk:\n  channel: telegram:-1001\n  spare: ['discord:123456789012345']\n",
        "desk:\n  channel: web\n  spare: ['telegram:-1002']\n",
    ):
        with pytest.raises(ConfigError, match=r"spare|stand in"):
            parse(text, "c.yaml", HERE, {})
