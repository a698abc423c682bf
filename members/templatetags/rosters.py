"""The answer to a row's question: the one that was given; else the one person whom it may mean is proposed."""

from collections.abc import Mapping

from django import template

from members.rostering.lines import Line

register = template.Library()


@register.filter
def answer_to(answers: Mapping[int, str], line: Line) -> str:
    if line.row in answers:
        return answers[line.row]
    people = [value for value, _words in line.choices if value.isdecimal()]
    return people[0] if len(people) == 1 else ""
