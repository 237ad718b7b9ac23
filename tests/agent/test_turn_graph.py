from concurrent.futures import ThreadPoolExecutor


def test_turns_at_the_same_time_keep_to_their_own_person_and_words(harbor):
    people = ["viewer1", "analyst1", "manager1", "manager2"] * 4

    def ask(name):
        return harbor.assistant.answer(
            "How much cold brew will we sell next week?", harbor.person(name)
        )

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, people))

    records = harbor.installation.audit(harbor.tenant.id).records()
    asked = sorted(record.user for record in records if record.outcome == "succeeded")
    assert all(answer.status == "answered" and len(answer.calls) == 1 for answer in answers)
    assert asked == sorted(people)


def test_what_is_refused_to_one_is_not_refused_to_the_next_of_another_role(harbor):
    words = "promote the staging model"

    refused = harbor.assistant.answer(words, harbor.person("viewer1"))
    waiting = harbor.assistant.answer(words, harbor.person("manager1"))
    again = harbor.assistant.answer(words, harbor.person("viewer1"))

    assert [one.status for one in (refused, waiting, again)] == [
        "refused",
        "needs_approval",
        "refused",
    ]
