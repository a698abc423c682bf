"""The texts that we propose: templates, filled in from what the town has entered of itself.

What only the town can decide stands there as BLANK; a text with one is not published.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from members import usual
from members.models import Municipality
from statements.models import UNWRITTEN, PublishedStatement, TextDraft
from statements.results import degree_of_site
from statements.states import Degree, Statement

BLANK = _("【団体で記入】")


def proposal_of(statement: Statement) -> str:
    town = Municipality.objects.first()
    context = {
        "town": town.name if town else BLANK,
        "section": (town.contact_section if town else "") or BLANK,
        "bodies": town.bodies_word if town else usual.BODIES,
        "site": f"{settings.SITE_URL}/",
        "degree": degree_of_site(),
        "blank": BLANK,
    }
    return render_to_string(f"statements/proposals/{statement}.txt", context).strip()


def draft_of(statement: Statement) -> TextDraft:
    """What is worked on: the draft, else what was published last, else what we propose. A page makes no row."""
    draft = TextDraft.objects.filter(statement=statement).first()
    if draft:
        return draft
    said = PublishedStatement.objects.of(statement).exclude(body="").first()
    return TextDraft(statement=statement, body=said.body if said else proposal_of(statement), version=UNWRITTEN)


def says_too_much(body: str) -> bool:
    """Whether it speaks of 準拠 or 一部準拠 where the results that were published do not bear it out."""
    degree = degree_of_site()
    borne_out = Degree.PARTLY.label if degree == Degree.PARTLY else ""
    rest = body.replace(str(borne_out), "") if borne_out else body
    return degree != Degree.CONFORMS and str(Degree.CONFORMS.label) in rest
