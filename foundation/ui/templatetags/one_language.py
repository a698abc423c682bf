"""Words of a template that are the same for every reader are put in as the template is read.

Django looks up each at every drawing, for the next reader may speak another language; here there is one. Should
there be several some day, these tags are Django's.
"""

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Node, Parser, TextNode, Token
from django.templatetags.i18n import do_translate

register = template.Library()


@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    """{% translate "対応" %}: a text alone, of one meaning, shown where it stands."""
    node = do_translate(parser, token)
    is_shown = not (node.asvar or node.noop or node.message_context)
    if len(settings.LANGUAGES) > 1 or not is_shown or not _is_text(node.filter_expression):
        return node
    return TextNode(node.render(template.Context()))


def _is_text(said: FilterExpression) -> bool:
    """No variable, and nothing is done to it."""
    return not said.filters and getattr(said.var, "literal", None) is not None
