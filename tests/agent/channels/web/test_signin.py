import time

import pytest

from tenants.roles import Role
from tests.agent.channels.web.conftest import PASSWORD


def test_a_link_signs_in_once(house):
    link = f"/link/{house.installation.access.issue_link('acme', 'vic')}"
    first, second = house.visitor(), house.visitor()

    assert first.get(link).headers["location"] == "/chat/"
    assert first.get("/chat/").status_code == 200
    assert second.get(link).status_code == 401
    assert second.get("/chat/").headers["location"] == "/signin"


def test_a_browser_that_looks_ahead_does_not_use_the_link_up(house):
    link = f"/link/{house.installation.access.issue_link('acme', 'vic')}"

    assert house.visitor(**{"sec-purpose": "prefetch;prerender"}).get(link).status_code == 503
    assert house.visitor().get(link).status_code == 303


def test_a_password_signs_in(house):
    visitor = house.visitor()
    form = {"tenant_name": "acme", "user": "ann", "password": PASSWORD}

    assert visitor.post("/signin", data=form).headers["location"] == "/chat/"
    assert visitor.get("/chat/").status_code == 200


@pytest.mark.parametrize(
    ("tenant", "user", "password"),
    [
        ("acme", "ann", "wrong"),
        ("acme", "nobody", PASSWORD),
        ("nowhere", "ann", PASSWORD),
        ("", "", ""),
    ],
)
def test_what_does_not_fit_sounds_the_same(house, tenant, user, password):
    form = {"tenant_name": tenant, "user": user, "password": password}
    answer = house.visitor().post("/signin", data=form)

    assert answer.status_code == 401
    assert "do not fit together" in answer.text
    assert "set-cookie" not in answer.headers


def test_the_form_shows_what_was_typed_as_text(house):
    form = {"tenant_name": '"><script>x</script>', "user": "ann", "password": "wrong"}

    assert "<script>" not in house.visitor().post("/signin", data=form).text


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(house):
    link = house.installation.access.issue_link("acme", "vic")
    cookie = house.visitor().get(f"/link/{link}").headers["set-cookie"].lower()

    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_signing_out_closes_the_session_for_good(house):
    visitor = house.signed_in("vic")
    kept = dict(visitor.cookies)
    visitor.get("/signout")
    thief = house.visitor()
    thief.cookies.update(kept)

    assert thief.get("/chat/").headers["location"] == "/signin"


def test_another_site_cannot_sign_anyone_out(house):
    visitor = house.signed_in("vic")
    visitor.get("/signout", headers={"sec-fetch-site": "cross-site"})

    assert visitor.get("/chat/").status_code == 200


def test_a_forged_or_altered_cookie_opens_nothing(house):
    visitor = house.signed_in("vic")
    value = visitor.cookies["tillsight_session"]
    for forged in (value[:-2], "x" + value, "", "a.b.c", value.swapcase()):
        thief = house.visitor()
        thief.cookies["tillsight_session"] = forged

        assert thief.get("/chat/").status_code == 303


def test_the_role_is_read_anew_at_every_request(house):
    visitor = house.signed_in("vic")
    tenant = house.installation.directory.get("acme")
    before = house.sessions.principal(visitor.cookies).role
    house.installation.people.set_role(tenant, "vic", Role.ANALYST)

    assert (before, house.sessions.principal(visitor.cookies).role) == (Role.VIEWER, Role.ANALYST)


def test_a_person_who_was_removed_is_out_at_once(house):
    visitor = house.signed_in("vic")
    house.installation.people.remove(house.installation.directory.get("acme"), "vic")

    assert visitor.get("/chat/").headers["location"] == "/signin"


def test_a_session_of_one_company_is_none_of_another(house):
    visitor = house.signed_in("vic", tenant="other")

    assert house.sessions.principal(visitor.cookies).tenant == "other"


def test_five_wrong_passwords_lock_the_door_for_a_while(house):
    visitor = house.visitor()
    started = time.monotonic()
    for _ in range(5):
        visitor.post("/signin", data={"tenant_name": "acme", "user": "ann", "password": "wrong"})
    answer = visitor.post(
        "/signin", data={"tenant_name": "acme", "user": "ann", "password": PASSWORD}
    )

    assert "Too many wrong tries" in answer.text
    assert time.monotonic() - started < 30
