from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.ui.forms import PortalForm


class CatalogueSearchForm(PortalForm):
    q = forms.CharField(label=_("キーワード"), required=False, max_length=100, help_text=_("例：トイレ　AED"))
    submit_label = _("検索する")
    method = "get"
    show_requirement = False
