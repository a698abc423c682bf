"""The registry: where a line of the record can come from. Its words stand under the same name in
`reports/compose/origins/`, for a report stands above the record.
"""

from meetings.origins.assignment import Assigned
from meetings.origins.election import Elected
from meetings.origins.form_questions import FormQuestions
from meetings.origins.form_themes import FormThemes
from meetings.origins.intro_round import IntroRound
from meetings.origins.last_minutes import LastMinutes
from meetings.origins.resolution import Resolved
from meetings.origins.source import Source
from meetings.origins.typed import TypedLine

ORIGINS: dict[str, Source] = {
    source.kind: source
    for source in (
        TypedLine(),
        IntroRound(),
        Elected(),
        Assigned(),
        FormQuestions(),
        FormThemes(),
        LastMinutes(),
        Resolved(),
    )
}
