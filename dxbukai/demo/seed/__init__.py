"""The demo town's rows, planted through the same actions as the pages use."""

from collections.abc import Callable

from django.db import transaction

from dxbukai.demo.seed import council, data, now, past, people, statements
from members.models import Municipality


@transaction.atomic
def plant(say: Callable[[str], object] = lambda _text: None) -> None:
    """Plant the town once. Planted again it only moves a passed deadline forward."""
    if Municipality.objects.exists():
        now.postpone()
        say("見本市のデータは既にあります。")
        return
    say("見本市の課と職員を登録しています…")
    here = people.plant()
    say("終わった部会（dx-r3）を作り、結果報告を公開しています…")
    past.plant(here)
    say("開催中の部会（dx-now）を作り、開催通知を出しています…")
    now.plant(here)
    say("審議会（shingikai）を作り、開催通知を出しています…")
    council.plant(here)
    say("公開データを用意しています…")
    data.plant(here)
    say("サイトの方針を公開し、アクセシビリティの試験を登録しています…")
    statements.plant(here)
