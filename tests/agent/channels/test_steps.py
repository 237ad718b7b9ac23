from agent.channels.steps import step_title
from tools.assortment import assistant_tools


def test_every_tool_has_a_step_of_its_own_words():
    titles = {tool.name: step_title(tool.name) for tool in assistant_tools()}

    assert len(set(titles.values())) == len(titles)
    assert [
        name for name, title in titles.items() if title.casefold() == name.replace("_", " ")
    ] == []
