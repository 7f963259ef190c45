"""Uploads are bounded, recognised by content, and served so that they can do no harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.files import clean_name, recognise
from chat.events import MessageReceived
from tests.adapters.web.conftest import Site

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 50


async def upload(site: Site, token: str, data: bytes, name: str = "a.png") -> tuple[int, dict]:  # type: ignore[type-arg]
    async with site.client.post(
        site.url + "/upload",
        params={"name": name},
        data=data,
        headers={"Authorization": f"Bearer {token}"},
    ) as answer:
        return answer.status, await answer.json()


async def test_a_picture_travels_with_a_message(site: Site) -> None:
    visitor = await site.visitor()
    status, kept = await upload(site, visitor.token, PNG, "../../etc/截图 1.png")
    assert (status, kept["kind"], kept["name"]) == (200, "photo", "截图 1.png")
    await visitor.send(type="message", client="a", text="", files=[kept["id"]])
    await visitor.until("ack")
    (event,) = site.sink.submitted
    assert isinstance(event, MessageReceived)
    (attachment,) = event.message.attachments
    assert await site.channel.fetch(attachment) == PNG


@pytest.mark.parametrize(
    ("data", "status", "reason"),
    [
        (b"MZ\x90\x00\x03", 415, "type"),
        (b"\x7fELF\x02\x01", 415, "type"),
        (b"", 415, "type"),
        (PNG + b"0" * 20_000, 413, "too_large"),
    ],
)
async def test_what_is_refused(site: Site, data: bytes, status: int, reason: str) -> None:
    visitor = await site.visitor()
    assert await upload(site, visitor.token, data) == (status, {"reason": reason})


async def test_nobody_uploads_without_a_token(site: Site) -> None:
    async with site.client.post(site.url + "/upload", data=PNG) as answer:
        assert answer.status == 401


async def test_a_page_in_disguise_is_never_run(site: Site) -> None:
    visitor = await site.visitor()
    _, kept = await upload(site, visitor.token, b"<script>alert(1)</script>", "x.png")
    async with site.client.get(site.url + kept["url"]) as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", ["0" * 32, "..%2f..%2fconfig", "x", "0" * 31 + "G"])
async def test_files_that_are_not_there(site: Site, name: str) -> None:
    async with site.client.get(f"{site.url}/files/{name}") as answer:
        assert answer.status == 404


@pytest.mark.parametrize("path", ["/static/..%2fchannel.py", "/static/nope.js", "/static/.env"])
async def test_pages_that_are_not_there(site: Site, path: str) -> None:
    async with site.client.get(site.url + path) as answer:
        assert answer.status == 404


@pytest.mark.parametrize("path", ["/", "/widget", "/desk"])
async def test_pages_run_no_script_but_ours(site: Site, path: str) -> None:
    async with site.client.get(site.url + path) as answer:
        policy = answer.headers["Content-Security-Policy"]
        body = await answer.text()
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert ("frame-ancestors *" in policy) == (path == "/widget")
    assert "<script>" not in body


@given(st.text(max_size=300))
def test_a_cleaned_name_is_harmless(name: str) -> None:
    cleaned = clean_name(name)
    assert cleaned
    assert len(cleaned) <= 120
    assert not set(cleaned) & set('/\\"<>|:*?\n\r\0')
    assert not cleaned.startswith(".")


@given(st.binary(max_size=200))
def test_recognising_never_fails(data: bytes) -> None:
    mime = recognise(data)
    assert mime is None or "/" in mime
