"""A file that came in by mistake goes again, until it was handed in."""

import pytest
from django.core.exceptions import PermissionDenied

from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from opendata import actions
from opendata.models import Dataset, DatasetVersion
from tests.opendata.conftest import CLEAN, page, text


def discard(version, by):
    return actions.discard(version=version, by=Actor(by), seen=version.version)


def test_the_data_set_goes_with_its_only_version(section, ready):
    assert page("discard") in text(section.get(page("work")))
    assert "公衆トイレ.csv" in text(section.get(page("discard")))
    told = section.post(page("discard"), {"seen": ready.version}, follow=True)
    assert "「公衆トイレ一覧 第1版」の作成を取りやめました。" in text(told)
    assert (Dataset.objects.count(), DatasetVersion.objects.count()) == (0, 0)
    assert Event.objects.latest("id").changes["file"] == "公衆トイレ.csv"


def test_what_is_public_stays(published, kimura, client):
    later = actions.replace(
        dataset=published.dataset, seen=0, name="次.csv", data=CLEAN.encode(), by=Actor(kimura)
    )
    discard(later, kimura)
    assert list(DatasetVersion.objects.all()) == [published]
    assert client.get(page("dataset")).status_code == 200


def test_what_was_handed_in_or_is_another_s_stays(submitted, kimura, suzuki):
    back = actions.take_up(version=submitted, by=Actor(kimura), seen=submitted.version)
    for version, by in ((submitted, kimura), (back, kimura), (back, suzuki)):
        with pytest.raises(PermissionDenied):
            discard(version, by)


def test_from_an_old_page_nothing_goes(draft, kimura):
    with pytest.raises(Conflict):
        actions.discard(version=draft, by=Actor(kimura), seen=draft.version - 1)
