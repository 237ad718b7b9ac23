"""The page in a real browser, on the demo world, with the real assistant."""

import shutil
import socket

import pytest

from tenants.installation import Installation
from tenants.roles import Role
from tenants.settings import Settings
from tests.agent.channels.web.chrome import Visitor, served_page

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery"
FORECAST = "How much cold brew will Riverside sell next week?"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def page(harbor_home, tmp_path_factory):
    home = shutil.copytree(harbor_home, tmp_path_factory.mktemp("page") / "home")
    installation = Installation.open(Settings(home=home))
    tenant = installation.directory.get("harbor")
    for name in ("manager1", "manager2", "viewer1"):
        installation.people.set_password(tenant, name, PASSWORD)
    with served_page(home, free_port()) as (address, link, _):
        yield address, link, installation
    installation.close()


@pytest.fixture
def visitor():
    person = Visitor()
    yield person
    person.close()


@pytest.fixture
def other():
    person = Visitor()
    yield person
    person.close()


def link_for(page, user, tenant="harbor"):
    address, _, installation = page
    return f"{address}/link/{installation.access.issue_link(tenant, user)}"


def sign_in(visitor, address, user, password):
    visitor.driver.get(f"{address}/signin")
    for name, value in (("user", user), ("password", password)):
        visitor.until(lambda name=name: visitor.sees(f"#{name}"), name)[0].send_keys(value)
    visitor.press("Sign in")


def test_the_printed_link_signs_in_and_a_question_is_answered_with_plot_and_working(page, visitor):
    address, link, _ = page
    visitor.open(link)
    welcome = visitor.until(lambda: visitor.sees("#chat .example"), "examples")
    assert len(welcome) == 4
    visitor.picture("welcome")

    answer = visitor.ask(FORECAST)
    visitor.until(lambda: visitor.sees("#chat .js-plotly-plot .legend"), "a plot")
    visitor.picture("forecast")
    working = visitor.open_working()
    visitor.picture("working")

    assert "units" in answer
    assert '"product": "1"' in working
    assert "data up to 2026-06-28" in working
    assert "GradientBoosting_v" in working
    assert {found for found in visitor.addresses() if not found.startswith(address)} == set()
    assert visitor.complaints() == []


def test_a_link_works_once(page, visitor, other):
    link = link_for(page, "viewer1")
    visitor.open(link)
    other.driver.get(link)

    assert "used already" in other.text


def test_a_wrong_password_is_told_and_a_right_one_leads_in(page, visitor):
    sign_in(visitor, page[0], "viewer1", "wrong")
    visitor.until(lambda: "do not fit together" in visitor.text, "the refusal")
    visitor.picture("wrong-password")
    sign_in(visitor, page[0], "viewer1", PASSWORD)

    visitor.until(lambda: "viewer1 · viewer · Harbor Market" in visitor.text, "who is there")


def test_two_people_never_see_each_others_chat(page, visitor, other):
    visitor.open(link_for(page, "viewer1"))
    other.open(link_for(page, "analyst1"))
    visitor.type(FORECAST)
    other.type("Which store sold most in May?")
    visitor.until(lambda: len(visitor.answers) == 1 and not visitor.sees("#stop"), "an answer")
    other.until(lambda: len(other.answers) == 1 and not other.sees("#stop"), "an answer")
    shown = [
        " ".join(each.text for each in one.sees("#chat, .sidebar")) for one in (visitor, other)
    ]
    assert ("cold brew" in shown[0], "sold most" in shown[0]) == (True, False)
    assert ("cold brew" in shown[1], "sold most" in shown[1]) == (False, True)

    for person, own, foreign in ((visitor, "cold", "most"), (other, "most", "cold")):
        person.driver.refresh()
        person.until(lambda person=person: person.sees("#conversations label"), "conversations")
        listed = person.sees("#conversations")[0].text

        assert own in listed
        assert foreign not in listed


def test_people_of_another_company_see_their_own_data(page, visitor):
    visitor.open(link_for(page, "viewer1", tenant="summit"))
    visitor.ask("What sold best last month?")

    assert "Summit Outfitters" in visitor.text
    assert "Cold Brew" not in visitor.text


def test_a_conversation_can_be_opened_again(page, visitor):
    visitor.open(link_for(page, "manager1"))
    answer = visitor.ask(FORECAST)
    visitor.press("New chat")
    visitor.until(lambda: not visitor.answers, "an empty chat")
    visitor.until(lambda: visitor.sees("#conversations label"), "the list")[0].click()
    again = visitor.until(lambda: visitor.answers, "the old answer")

    assert again[0].split("\n")[0] == answer.split("\n")[0]


def test_a_second_person_approves_what_the_first_asked_for(page, visitor, other):
    _, _, installation = page
    visitor.open(link_for(page, "manager1"))
    visitor.ask("Retrain the model")
    card = visitor.until(lambda: visitor.sees(".card"), "a card")[0]
    visitor.picture("approval-asked")
    assert "retrain" in card.text
    assert "asked for by manager1" in card.text

    other.open(link_for(page, "manager2"))
    other.until(lambda: other.sees(".card"), "a card")
    other.picture("approval-card")
    other.press("Deny")
    other.until(lambda: not other.sees(".card"), "the card to go")

    assert "is denied" in other.text
    audit = installation.audit(installation.directory.get("harbor").id)
    decided = audit.records(tool="retrain", limit=1)[0]
    assert (decided.user, decided.outcome) == ("manager2", "refused")


def test_signing_out_leads_to_the_form_and_back_leads_nowhere(page, visitor):
    visitor.open(link_for(page, "viewer1"))
    visitor.press("Sign out")
    visitor.until(lambda: visitor.sees("#password"), "the form")
    visitor.driver.get(f"{page[0]}/chat/")

    assert visitor.driver.current_url.endswith("/signin")


def test_a_role_taken_away_counts_at_the_next_question(page, visitor):
    _, _, installation = page
    tenant = installation.directory.get("harbor")
    visitor.open(link_for(page, "analyst1"))
    installation.people.set_role(tenant, "analyst1", Role.VIEWER)
    answer = visitor.ask("Optimize discount for product 1 for next week")
    installation.people.set_role(tenant, "analyst1", Role.ANALYST)

    assert "That is not something you may do here; somebody with another role may." in answer


def test_the_page_works_in_the_dark(page, visitor):
    features = [{"name": "prefers-color-scheme", "value": "dark"}]
    visitor.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    visitor.open(link_for(page, "analyst1"))
    visitor.ask("What if we put product 1 at 15% off next week?")
    visitor.until(lambda: visitor.sees("#chat .js-plotly-plot"), "a plot")
    visitor.picture("dark")

    assert visitor.sees(".dark")
