from meetings.origins.source import Source
from meetings.states import Origin


class TypedLine(Source):
    kind = Origin.TYPED
