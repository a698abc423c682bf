"""What each licence is called, where its text stands, what one may do under it, and how a source is named.

The one home of these words: pages of data sets and the site's own texts ask here.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from members.states import Licence

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Terms:
    licence: Licence
    # Its proper name, as it stands above its text.
    name: "StrOrPromise"
    # Of its text. A reader's browser goes there when the reader says so; the portal asks for nothing.
    url: str
    allows: "StrOrPromise"
    # How the source is named: as the data is, and worked over. Empty where none is asked for.
    plain: "StrOrPromise" = ""
    changed: "StrOrPromise" = ""

    def credits(self, *, town: str, title: str, address: str) -> list[str]:
        """Examples that a reader can copy, with the names filled in."""
        said = {"town": town, "title": title, "address": address, "licence": self.name, "url": self.url}
        return [str(words) % said for words in (self.plain, self.changed) if words]


TERMS = {
    terms.licence: terms
    for terms in (
        Terms(
            Licence.CC_BY_4,
            name=_("クリエイティブ・コモンズ 表示 4.0 国際"),
            url="https://creativecommons.org/licenses/by/4.0/legalcode.ja",
            allows=_(
                "出典（団体名とデータの名称）を記載すれば、どなたでも自由に利用できます。商用利用や加工もできます。"
                "加工して利用する場合は、その旨も記載してください。"
            ),
            plain=_("出典：「%(title)s」（%(town)s）（%(address)s）、%(licence)s（%(url)s）"),
            changed=_("「%(title)s」（%(town)s）（%(address)s）を加工して作成、%(licence)s（%(url)s）"),
        ),
        Terms(
            Licence.PDL_1,
            name=_("公共データ利用規約（第1.0版）"),
            url="https://www.digital.go.jp/resources/open_data/public_data_license_v1.0",
            allows=_(
                "出典を記載すれば、どなたでも自由に利用できます。商用利用もできます。"
                "編集・加工して利用する場合は、その旨も記載してください。"
            ),
            plain=_("出典：「%(title)s」（%(town)s）（%(address)s）、PDL1.0（%(url)s）"),
            changed=_("「%(title)s」（%(town)s）（%(address)s）を加工して作成、PDL1.0（%(url)s）"),
        ),
        Terms(
            Licence.CC0,
            name=_("CC0 1.0 全世界"),
            url="https://creativecommons.org/publicdomain/zero/1.0/legalcode.ja",
            allows=_("どなたでも、条件なしで自由に利用できます。出典の記載も必要ありません。"),
        ),
    )
}
