"""Production: one pointer that moves by compare-and-swap, and back to the very same files."""

import threading
from datetime import UTC

import pytest

from forecasting.lifecycle.records import Approved, Stage, StalePointer
from forecasting.lifecycle.registry import Registry
from tenants.errors import BadInput, CannotAnswer
from tests.forecasting.lifecycle.models import ANN, promote, register

V1, V2, V3 = (f"GradientBoosting_v20260206{n}" for n in ("", ".2", ".3"))


def test_promotion_archives_what_it_replaces_and_is_remembered(either):
    register(either)
    register(either)
    promote(either, V1)
    approved = Approved(by="ann", approval="AP-7", approved_by="bob", reason="better at weekends")

    record = promote(either, V2, approved=approved)

    assert record.stage is Stage.PRODUCTION
    assert either.production() == record
    assert either.get(V1).stage is Stage.ARCHIVED
    newest, first = either.moves()
    assert (newest.replaced, newest.by, newest.approval, newest.approved_by) == (
        V1,
        "ann",
        "AP-7",
        "bob",
    )
    assert (first.replaced, first.kind) == (None, "promote")
    assert record.promoted_at == newest.at
    assert record.promoted_at.tzinfo is UTC


def test_whoever_saw_another_production_model_is_told_so(either):
    for _ in range(3):
        register(either)
    promote(either, V1)
    promote(either, V2)

    with pytest.raises(StalePointer, match=f"is '{V2}' by now and not '{V1}'"):
        promote(either, V3, expected=V1)
    with pytest.raises(StalePointer, match="not 'none'"):
        promote(either, V3, expected=None)

    assert either.production().id == V2


def test_of_many_who_promote_at_once_exactly_one_wins(either):
    names = [register(either).id for _ in range(8)]
    wins, losses = [], []
    start = threading.Barrier(len(names))

    def race(name):
        start.wait()
        try:
            wins.append(promote(either, name, expected=None).id)
        except StalePointer:
            losses.append(name)

    threads = [threading.Thread(target=race, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(wins), len(losses)) == (1, 7)
    assert either.production().id == wins[0]
    assert len(either.moves()) == 1


def test_readers_during_promotions_always_see_a_model_that_opens(registry):
    names = [register(registry, level).id for level in (1.0, 2.0)]
    promote(registry, names[0])
    done = threading.Event()
    seen = []

    def read():
        while not done.is_set():
            record = registry.production()
            registry.verified_folder(record)
            seen.append(record.stage)

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(1, 31):
        promote(registry, names[turn % 2])
    done.set()
    reader.join()

    assert set(seen) == {Stage.PRODUCTION}


def test_rollback_restores_the_very_same_files(either):
    register(either, 1.0)
    register(either, 2.0)
    promote(either, V1)
    before = {
        path.name: path.read_bytes()
        for path in either.verified_folder(either.production()).rglob("*")
        if path.is_file()
    }
    promote(either, V2)

    record = either.rollback(expected=V2, approved=ANN)

    after = either.verified_folder(record)
    assert record.id == V1
    assert before == {p.name: p.read_bytes() for p in after.rglob("*") if p.is_file()}
    assert either.moves(1)[0].kind == "rollback"


def test_rolling_back_twice_goes_two_steps_back_not_to_and_fro(either):
    for name in (V1, V2, V3):
        register(either)
        promote(either, name)

    steps = [either.rollback(expected=name, approved=ANN).id for name in (V3, V2)]

    assert steps == [V2, V1]
    assert either.previous_production() is None
    with pytest.raises(CannotAnswer, match="no earlier production model"):
        either.rollback(expected=V1, approved=ANN)


def test_after_a_rollback_a_new_promotion_has_the_model_before_it_as_previous(registry):
    for name in (V1, V2):
        register(registry)
        promote(registry, name)
    registry.rollback(expected=V2, approved=ANN)
    register(registry)
    promote(registry, V3)

    assert registry.previous_production().id == V1


def test_rollback_to_a_model_that_never_served_is_refused(registry):
    register(registry)
    register(registry)
    promote(registry, V1)

    with pytest.raises(CannotAnswer, match="has never been in production"):
        registry.rollback(V2, expected=V1, approved=ANN)


def test_the_production_model_can_be_neither_archived_nor_deleted(either):
    register(either)
    promote(either, V1)

    for put_away in (either.archive, either.delete):
        with pytest.raises(CannotAnswer, match="is the production model, so it stays"):
            put_away(V1)


def test_an_archived_model_no_longer_waits(registry):
    register(registry)
    register(registry)

    registry.archive(V2)

    assert registry.staging_newest().id == V1
    assert [record.id for record in registry.history()] == [V2, V1]


def test_the_newest_staging_model_is_found_beside_production(registry):
    register(registry)
    register(registry)
    promote(registry, V2)

    assert registry.staging_newest().id == V1
    promote(registry, V1)
    assert registry.staging_newest() is None


def test_promoting_the_production_model_again_is_refused(registry):
    register(registry)
    promote(registry, V1)

    with pytest.raises(CannotAnswer, match="is the production model already"):
        promote(registry, V1)


def test_an_altered_model_is_never_promoted(registry, workspace):
    register(registry)
    (workspace.models / V1 / "schema.json").write_text("{}")

    with pytest.raises(BadInput, match=r"'schema\.json' of model"):
        promote(registry, V1)

    assert registry.production() is None


def test_files_of_one_model_put_under_another_are_refused(registry, workspace):
    register(registry, 1.0)
    register(registry, 2.0)
    (workspace.models / V1).rename(workspace.models / "kept")
    (workspace.models / V2).rename(workspace.models / V1)

    with pytest.raises(BadInput, match="are those of"):
        promote(registry, V1)


def test_a_model_that_does_not_load_is_never_promoted(workspace):
    def opens(folder):
        raise BadInput(f"{folder.name!r} has no lags.")

    registry = Registry(workspace.database, workspace.models, workspace.tenant.id, opens=opens)
    register(registry)

    with pytest.raises(BadInput, match="has no lags"):
        promote(registry, V1)

    assert registry.production() is None


def test_a_bare_model_file_is_kept_but_cannot_serve(registry):
    register(registry, servable=False)

    with pytest.raises(CannotAnswer, match="without a feature schema"):
        promote(registry, V1)


def test_a_callers_transaction_that_fails_takes_the_promotion_with_it(either, either_workspace):
    register(either)

    with pytest.raises(RuntimeError), either_workspace.database.transaction():
        promote(either, V1)
        raise RuntimeError("the audit could not be written")

    assert either.production() is None
    assert either.moves() == []
