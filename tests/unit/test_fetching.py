"""What is to be fetched is read strictly, and nothing is that nobody asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from configs.errors import ConfigError
from configs.fetching import Fetch, Politeness, load_fetches
from configs.load import load_theatre

SYRIA = load_theatre("syria")


def _load(home: Path, text: str) -> tuple[Fetch, ...]:
    (home / "sources.toml").write_text(text)
    return load_fetches("syria", SYRIA, home)


def test_the_shipped_theatre_fetches_nothing(tmp_path: Path) -> None:
    assert load_fetches("syria", SYRIA, tmp_path) == ()


def test_a_users_own_sources_are_read_from_the_home_folder(tmp_path: Path) -> None:
    feed, inbox = _load(
        tmp_path,
        """
        [fetch.wire]
        kind = "feed"
        address = "https://wire.example/rss?key=${WIRE_KEY}"
        outlet = "reuters"
        politeness = { pause = 5, pages_per_run = 20 }

        [fetch.inbox]
        kind = "folder"
        path = "inbox"
        """,
    )[::-1]
    assert (feed.fetch_id, feed.outlet, feed.politeness) == ("wire", "reuters", Politeness(pause=5, pages_per_run=20))
    assert (inbox.kind, inbox.path, inbox.then) == ("folder", Path("inbox"), "keep")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[fetch.wire]\nkind = "feed"', "needs address"),
        ('[fetch.wire]\nkind = "folder"\naddress = "https://x.example/"', "needs path"),
        ('[fetch.wire]\nkind = "news"\naddress = "https://x.example/"', "fetch.wire.kind"),
        ('[fetch.wire]\nkind = "feed"\naddress = "https://x.example/"\nurl = "x"', "fetch.wire.url"),
        ('[fetch.wire]\nkind = "feed"\naddress = "https://x.example/"\noutlet = "nobody"', "unknown outlet 'nobody'"),
        ('[fetch.wire]\nkind = "feed"\naddress = "https://x.example/"\npoliteness = { pause = -1 }', "pause"),
        ('[fetch."../wire"]\nkind = "feed"\naddress = "https://x.example/"', "not a name for a source"),
        ('[sources.wire]\nname = "Wire"', "not known here"),
        ("[fetch.wire\n", "syntax"),
        ("fetch = 7", "no tables"),
    ],
)
def test_a_mistake_is_told_with_file_key_and_mend(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ConfigError) as raised:
        _load(tmp_path, text)
    assert says in str(raised.value)
    assert "sources.toml" in str(raised.value)
    assert raised.value.mend


def test_a_mistake_does_not_show_the_address(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        _load(tmp_path, '[fetch.wire]\nkind = "feed"\naddress = ["https://me:pa55@x.example/"]')
    assert "pa55" not in str(raised.value)
