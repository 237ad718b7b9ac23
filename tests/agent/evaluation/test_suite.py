"""A suite says what it expects, or is refused with the place where it does not."""

import pytest

from agent.evaluation.suite import AnyOf, AnyValue, read_suite
from tenants.errors import BadInput

HEAD = "suite: a few\ntoday: 2026-07-01\ncases:\n"


def read(tmp_path, text):
    path = tmp_path / "suite.yaml"
    path.write_text(text, encoding="utf-8")
    return read_suite(path)


def case(turn, head=HEAD):
    return f"{head}  - id: a-1\n    kind: answer\n    turns:\n      - {turn}\n"


def test_what_is_left_out_has_the_defaults_of_the_format(tmp_path):
    suite = read(tmp_path, case("{say: hello}"))

    assert (suite.workspace, suite.cases[0].role) == ("harbor", "analyst")
    assert suite.cases[0].turns[0].expect.alternatives == ()


def test_no_calls_is_an_expectation_of_its_own(tmp_path):
    suite = read(tmp_path, case("{say: hello, expect: {calls: []}}"))

    assert suite.cases[0].turns[0].expect.alternatives == ((),)


def test_values_keep_their_kind(tmp_path):
    args = "{product: '1', start: 2026-07-06, level: {any_of: [80, null]}, measure: {any: true}}"
    suite = read(tmp_path, case(f"{{say: x, expect: {{calls: [{{tool: t, args: {args}}}]}}}}"))

    (call,) = suite.cases[0].turns[0].expect.calls
    assert (call.args["product"], f"{call.args['start']:%d %m}") == ("1", "06 07")
    assert call.args["level"] == AnyOf(any_of=(80, None))
    assert call.args["measure"] == AnyValue(any=True)


@pytest.mark.parametrize(
    ("turn", "why"),
    [
        ("{say: x, expect: {call: []}}", "case 'a-1'.*expect.call"),
        ("{say: x, approve: manager2}", "one of `say`, `approve` and `deny`"),
        ("{expect: {calls: []}}", "one of `say`, `approve` and `deny`"),
        ("{say: x, expect: {says: '('}}", "not a regular expression"),
        ("{say: x, expect: {approval: true}}", "`approval` needs the `calls`"),
        ("{say: x, expect: {refused: because}}", "case 'a-1'.*refused"),
        ("{say: x, expect: {calls: [], calls_any_of: [[]]}}", "either `calls` or"),
    ],
)
def test_what_cannot_be_judged_is_refused_with_its_place(turn, why, tmp_path):
    with pytest.raises(BadInput, match=why):
        read(tmp_path, case(turn))


def test_two_cases_of_one_name_are_refused(tmp_path):
    twice = case("{say: x}") + case("{say: y}", head="")

    with pytest.raises(BadInput, match="two cases are named 'a-1'"):
        read(tmp_path, twice)


def test_a_file_that_is_no_yaml_is_refused_with_its_line(tmp_path):
    with pytest.raises(BadInput, match=r"not YAML, line 2"):
        read(tmp_path, "suite: [\n}")


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(BadInput, match="No such file"):
        read_suite(tmp_path / "none.yaml")
