"""docs/fidelity.md says what the adapters declare."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.fidelity import PLATFORMS, markdown
from chat.channel import EditChannel, ReactionChannel, TypingChannel
from chat.fidelity import FEATURES, Feature, Fidelity, carried, levels

PAGE = Path(__file__).parents[2] / "docs" / "fidelity.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown(), "run `make fidelity`"


@pytest.mark.parametrize("fidelity", PLATFORMS.values(), ids=PLATFORMS)
def test_every_feature_is_declared(fidelity: Fidelity) -> None:
    assert set(fidelity.hears) == set(fidelity.shows) == set(FEATURES)


def test_what_is_not_heard_natively_cannot_be_shown_natively() -> None:
    words = Fidelity(hears=levels(polls="text", typing="none"), shows=levels())
    everything = Fidelity(hears=levels(), shows=levels(photos="other"))
    assert carried("polls", words, everything) == "text"
    assert carried("typing", words, everything) == "none"
    assert carried("photos", everything, everything) == "other"


def test_no_feature_is_misspelt() -> None:
    with pytest.raises(ValueError, match="fotos"):
        levels(fotos="none")


def channels() -> dict[str, type]:
    from adapters.discord.channel import DiscordChannel
    from adapters.slack.channel import SlackChannel
    from adapters.telegram.channel import TelegramChannel
    from adapters.web.channel import WebChannel

    return {
        "web": WebChannel,
        "Telegram": TelegramChannel,
        "Discord": DiscordChannel,
        "Slack": SlackChannel,
    }


ABILITIES: dict[Feature, type] = {
    "edits": EditChannel,
    "deletes": EditChannel,
    "reactions": ReactionChannel,
    "typing": TypingChannel,
}


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("feature", ABILITIES)
def test_an_ability_is_declared_if_and_only_if_the_channel_has_it(
    platform: str, feature: Feature
) -> None:
    has = issubclass(channels()[platform], ABILITIES[feature])
    assert (PLATFORMS[platform].shows[feature] == "native") is has
