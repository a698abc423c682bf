from django.db.models import F, Q

from foundation.db.constraints import both_or_neither, in_order


def test_the_first_of_two_is_not_after_the_second_or_strictly_before_it():
    open_end = Q(b__isnull=True) | Q(a__isnull=True)
    conditions = [in_order("a", "b", name="x", message="x", strict=strict).condition for strict in (False, True)]
    assert conditions == [open_end | Q(a__lte=F("b")), open_end | Q(a__lt=F("b"))]


def test_of_two_that_go_together_both_have_a_value_or_none_has():
    both = Q(a__isnull=False) & Q(b__isnull=False)
    neither = Q(a__isnull=True) & Q(b__isnull=True)
    assert both_or_neither("a", "b", name="x", message="x").condition == both | neither
