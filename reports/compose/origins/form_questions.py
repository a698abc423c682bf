from django.utils.translation import gettext as _

from meetings.models import RecordEntry
from meetings.states import ItemKind, SectionKind
from reports.compose.origins._next_survey import next_survey, no_section
from reports.compose.problems import Fix, Missing
from reports.compose.rows import Rows
from reports.formats import sentences
from reports.formats.sentences import Spans


def form_questions(rows: Rows, entry: RecordEntry) -> Spans:
    """A box is promised for what the meeting heard: introductions and talks; each must be in the form."""
    survey = next_survey(rows)
    introduced = any(item.kind == ItemKind.INTRODUCTIONS for item in rows.items)
    talks = [item.presenter for item in rows.items if item.kind == ItemKind.TALK and item.presenter]
    promised = {SectionKind.MEMBER_QUESTIONS: introduced, SectionKind.TALK_QUESTIONS: bool(talks)}
    for kind, heard in promised.items():
        if heard and kind not in survey.section_kinds:
            raise no_section(survey.number, kind)
    if not any(promised.values()):
        raise Missing(
            _(
                "自己紹介も、説明者の決まった話題提供も議題にないため、質問欄の案内を作成できません。"
                "不要なときは、この行を削除してください。"
            ),
            Fix.RECORD,
        )
    speakers = [f"{speaker.user.shown_family_name}さん" for speaker in talks]
    return sentences.form_questions(survey.number, to_members=introduced, to_talks_of=speakers)
