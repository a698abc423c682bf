"""The words of each line of the record, by where it comes from (meetings/origins/): one file per origin."""

from collections.abc import Callable

from meetings.models import RecordEntry
from meetings.states import Origin
from reports.compose.origins.assignment import assignment
from reports.compose.origins.election import election
from reports.compose.origins.form_questions import form_questions
from reports.compose.origins.form_themes import form_themes
from reports.compose.origins.intro_round import intro_round
from reports.compose.origins.last_minutes import last_minutes
from reports.compose.origins.resolution import resolution
from reports.compose.origins.typed import typed
from reports.compose.rows import Rows
from reports.formats.sentences import Spans

WORDS: dict[str, Callable[[Rows, RecordEntry], Spans]] = {
    Origin.TYPED: typed,
    Origin.INTRO_ROUND: intro_round,
    Origin.ELECTION: election,
    Origin.ASSIGNMENT: assignment,
    Origin.FORM_QUESTIONS: form_questions,
    Origin.FORM_THEMES: form_themes,
    Origin.LAST_MINUTES: last_minutes,
    Origin.RESOLUTION: resolution,
}
