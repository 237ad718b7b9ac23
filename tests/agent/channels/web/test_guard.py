import re

import pytest

UNNEEDED = (
    "gradio_api/file=/etc/passwd",
    "gradio_api/file/etc/passwd",
    "gradio_api/proxy=http://169.254.169.254/",
    "gradio_api/upload",
    "gradio_api/call/ask",
    "gradio_api/run/predict",
    "gradio_api/api/predict",
    "gradio_api/info",
    "gradio_api/stream/x/y/z/playlist.m3u8",
    "gradio_api/mcp/sse",
    "gradio_api/vibe-edit",
    "gradio_api/runs",
    "monitoring",
    "login",
)


@pytest.mark.parametrize("path", UNNEEDED)
def test_what_the_page_does_not_need_is_not_there_even_for_an_administrator(house, path):
    visitor = house.signed_in("ann")

    assert visitor.get(f"/chat/{path}").status_code == 404
    assert visitor.post(f"/chat/{path}", json={}).status_code == 404


@pytest.mark.parametrize("path", ["config", "gradio_api/queue/data", "assets/a.js"])
def test_nothing_of_the_page_is_there_before_signing_in(house, path):
    assert house.visitor().get(f"/chat/{path}").status_code == 401


@pytest.mark.parametrize("path", ["config", "gradio_api/queue/data", "assets/a.js"])
def test_what_the_page_needs_is_there_after_signing_in(house, path):
    assert house.signed_in("vic").get(f"/chat/{path}").status_code == 200


def test_a_stream_belongs_to_the_session_that_started_it(house):
    owner, other = house.signed_in("vic"), house.signed_in("vic")
    joined = owner.post("/chat/gradio_api/queue/join", json={"session_hash": "abc"})

    assert joined.text == 'reached gradio_api/queue/join {"session_hash":"abc"}'
    assert other.get("/chat/gradio_api/queue/data?session_hash=abc").status_code == 404
    assert other.get("/chat/gradio_api/heartbeat/abc").status_code == 404
    assert (
        other.post("/chat/gradio_api/queue/join", json={"session_hash": "abc"}).status_code == 404
    )
    assert owner.get("/chat/gradio_api/queue/data?session_hash=abc").status_code == 200


def test_another_site_cannot_post(house):
    visitor = house.signed_in("ann")
    for origin in ("https://evil.example", "null", "http://127.0.0.1:9999"):
        answer = visitor.post("/chat/gradio_api/queue/join", json={}, headers={"origin": origin})

        assert answer.status_code == 403


def test_a_rebound_host_name_is_not_served(house):
    assert house.visitor(host="evil.example:7860").get("/signin").status_code == 421


def test_a_flood_in_one_request_is_refused(house):
    flood = {"session_hash": "abc", "data": "x" * 2_000_000}
    answer = house.signed_in("vic").post("/chat/gradio_api/queue/join", json=flood)

    assert answer.status_code == 413


def test_only_scripts_of_the_page_run_and_nothing_is_fetched_from_elsewhere(house):
    answer = house.signed_in("vic").get("/chat/")
    policy = answer.headers["content-security-policy"]
    nonce = re.search(r"'nonce-([^']+)'", policy)[1]

    assert answer.text.count(f'<script nonce="{nonce}"') == 2
    assert "far.example" not in answer.text
    assert "manifest" not in answer.text
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'nonce-" in policy
    assert "img-src 'self' data: blob:;" in policy


def test_a_nonce_is_used_once(house):
    visitor = house.signed_in("vic")
    first, second = (visitor.get("/chat/").headers["content-security-policy"] for _ in range(2))

    assert first != second


def test_every_answer_carries_the_headers(house):
    for path in ("/signin", "/chat/", "/nowhere"):
        headers = house.signed_in("vic").get(path).headers

        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_signing_in_leads_to_the_page_and_nowhere_else(house):
    link = house.installation.access.issue_link("acme", "vic")
    answer = house.visitor().get(f"/link/{link}?next=//evil.example&_target_url=//evil.example")

    assert answer.headers["location"] == "/chat/"
