"""HTML as a test reads it: every block begins a line, wherever the template breaks its own."""

import re

from crispy_forms.utils import render_crispy_form
from django.template import Context, Template

# Blanks beside these do not show: they are blocks, by their nature or by our style sheets.
BLOCKS = (
    "button|caption|dd|details|div|dl|dt|fieldset|form|h[1-6]|label|legend|li|main|meter|nav|ol|p|section|summary"
    "|table|tbody|td|th|thead|tr|ul"
)


def tidy(html):
    html = re.sub(r"\s+", " ", html).replace(" >", ">")
    html = re.sub(rf" ?(</?(?:{BLOCKS})\b[^>]*>) ?", r"\1", html).strip()
    return re.sub(rf"(?<!^)(?=<(?:{BLOCKS})\b)", "\n", html)


def drawn(form):
    """The form without its frame: what stands between the tags of <form> and the row of buttons."""
    html = tidy(render_crispy_form(form))
    return re.search(r"<form[^>]*>\s*(.*)\n<div class=\"dads-actions\">", html, re.DOTALL)[1]


def rendered(source, **context):
    return tidy(Template(source).render(Context(context)))
