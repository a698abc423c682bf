import pytest

from foundation.ui.gallery import ANSWERS, form_in


def test_outside_production_whoever_builds_pages_sees_the_gallery(client, town):
    assert client.get("/components/").status_code == 200


# ASVS V13.4.5, V15.2.3
def test_in_production_nobody_does(as_, settings, abe):
    settings.PRODUCTION = True
    assert as_(abe).get("/components/").status_code == 404


def test_a_state_nobody_knows_is_no_page(client, town):
    assert client.get("/components/?state=none").status_code == 404


def test_what_is_sent_to_the_gallery_is_not_kept_and_it_says_so(client, town):
    page = client.post("/components/", {"mode": "venue"}, follow=True)
    assert page.redirect_chain == [("/components/", 302)]
    assert "見本なので、何も保存していません。" in page.text


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("plain", (False, {}, False)),
        ("filled", (False, ANSWERS, False)),
        ("disabled", (False, ANSWERS, True)),
        ("errors", (True, {}, False)),
    ],
)
def test_each_state_of_a_form_is_shown(state, found):
    form = form_in(state)
    assert (form.is_bound, form.initial, all(field.disabled for field in form.fields.values())) == found
