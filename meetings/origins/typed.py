from meetings.origins.source import Source
from meetings.states import Origin


class Typed(Source):
    kind = Origin.TYPED
