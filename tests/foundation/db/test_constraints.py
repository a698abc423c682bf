from django.db.models import F, Q

from foundation.db.constraints import in_order


def test_the_first_of_two_is_not_after_the_second_or_strictly_before_it():
    open_end = Q(b__isnull=True) | Q(a__isnull=True)
    conditions = [in_order("a", "b", name="x", message="x", strict=strict).condition for strict in (False, True)]
    assert conditions == [open_end | Q(a__lte=F("b")), open_end | Q(a__lt=F("b"))]
