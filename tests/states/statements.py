"""The states of what the town says of its site."""

from statements.models import TextDraft
from statements.results import table_of, to_json
from statements.states import TEXTS, Statement
from tests import builders
from tests.states.kit import state


@state()
def everything_said(world):
    """Each text is published and worked on again; so are the results of the test."""
    for text in TEXTS:
        TextDraft.objects.create(statement=text, body=f"{text.label}の下書き")
        if text != Statement.PRIVACY:
            builders.make_published_statement(by=world.desk, statement=text)
    results = to_json(table_of(world.test))
    builders.make_published_statement(by=world.desk, statement=Statement.RESULTS, body="", results=results)


@state()
def statements_taken_away(world):
    """A text and the results were withdrawn: their pages say so, and stay."""
    results = to_json(table_of(world.test))
    builders.make_published_statement(by=world.desk, statement=Statement.RESULTS, body="", results=results)
    for statement in (Statement.PRIVACY, Statement.RESULTS):
        builders.make_published_statement(
            by=world.desk, statement=statement, number=2, body="", change="誤りがあったため"
        )
