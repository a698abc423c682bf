"""HTML as a test reads it: one line per line, no blank ones, no indentation."""

import re
import textwrap

from crispy_forms.utils import render_crispy_form
from django.template import Context, Template


def tidy(html):
    lines = (line.strip() for line in textwrap.dedent(html).splitlines())
    return "\n".join(re.sub(r"\s+", " ", line) for line in lines if line)


def drawn(form):
    """The form without its frame: what stands between the tags of <form> and the row of buttons."""
    html = tidy(render_crispy_form(form))
    return re.search(r"<form[^>]*>\n(.*)\n<div class=\"dads-actions\">", html, re.DOTALL)[1]


def rendered(source, **context):
    return tidy(Template(source).render(Context(context)))
