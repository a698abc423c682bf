"""Characters that not every machine has."""

from tablecheck.rules import prose


def test_what_only_one_make_of_machines_had_is_machine_dependent_and_what_all_have_is_not():
    assert prose.MACHINE_DEPENDENT.findall("①㈱髙 ∪¬≡ 駅ﾀ@\ufffd") == ["①", "㈱", "髙"]
