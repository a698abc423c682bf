from django.utils.translation import gettext as _

from meetings.models import RecordEntry
from meetings.states import Method, Origin, SectionKind
from reports.compose.lines import japanese
from reports.compose.origins._next_survey import next_survey, no_section
from reports.compose.problems import Fix, Missing
from reports.compose.rows import Rows
from reports.formats import sentences
from reports.formats.sentences import Spans


def form_themes(rows: Rows, entry: RecordEntry) -> Spans:
    survey = next_survey(rows)
    if SectionKind.THEMES not in survey.section_kinds:
        raise no_section(survey.number, SectionKind.THEMES)
    if not (survey.theme or survey.method):
        raise Missing(_("第%s回のテーマも進め方も決まっていません。") % survey.number, Fix.FORM)
    earlier = rows.entries[: rows.entries.index(entry)]
    return sentences.form_themes(
        survey.number,
        theme=survey.theme,
        method=japanese(Method(survey.method).label) if survey.method else "",
        examples=survey.theme_titles,
        middle=entry.text,
        again=any(line.origin == Origin.FORM_QUESTIONS for line in earlier),
    )
