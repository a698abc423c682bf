"""What is the same for every reader is looked up as a template is read, and no more at its drawing."""

import pytest
from django.template import Context, engines
from django.template.base import TextNode
from django.utils import translation


def nodes(source):
    return list(engines["django"].from_string(source).template.nodelist)


def test_a_text_is_a_text_when_the_template_has_been_read():
    (node,) = nodes('{% translate "対応" %}')
    assert (type(node), node.s) == (TextNode, "対応")


def test_it_is_read_as_it_always_was():
    source = '{% autoescape off %}{% translate "「A & B」" %}{% endautoescape %}{% translate "100%" %}'
    assert engines["django"].from_string(source).render({}) == "「A & B」100%"


@pytest.mark.parametrize(
    "source",
    [
        "{% translate said %}",
        '{% translate "対応"|upper %}',
        '{% translate "対応" as said %}{{ said }}',
        '{% translate "対応" context "表" %}',
    ],
)
def test_what_hangs_on_the_page_is_looked_up_at_each_drawing(source):
    assert not isinstance(nodes(source)[0], TextNode)


def test_of_several_languages_each_reader_has_their_own(settings):
    settings.LANGUAGES = [("ja", "日本語"), ("en", "English")]
    (node,) = nodes('{% translate "January" %}')
    with translation.override("ja"):
        assert node.render(Context()) == "1月"
    with translation.override("en"):
        assert node.render(Context()) == "January"
