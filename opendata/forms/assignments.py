from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.ui.forms import PortalForm


class ExemptForm(PortalForm):
    reason = forms.CharField(
        label=_("対象外とする理由"),
        max_length=200,
        help_text=_("事務局と御本人だけが読めます（例：年度の途中で異動、公開できる一覧を持たない課）。"),
    )

    submit_label = _("対象外とする")
