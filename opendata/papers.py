"""What there is of a group's data sets for the document system (retention/archive.py)."""

from django.utils.translation import gettext as _

from members.filing import Paper, table
from members.models import WorkingGroup
from opendata.models import DatasetVersion


def of_group(group: WorkingGroup) -> Paper:
    """The files themselves are public, or their department's own."""
    versions = DatasetVersion.objects.filter(dataset__assignment__meeting__group=group)
    return table(
        _("データセット.csv"),
        _("会議の課題として作成されたデータセットの一覧"),
        [
            _("データセット名"),
            _("担当課"),
            _("版"),
            _("状態"),
            _("確認した所属長"),
            _("確認した日"),
            _("公開日時"),
            _("公開したファイルの識別値"),
        ],
        (
            [
                each.title,
                each.dataset.department,
                each.number,
                each.get_state_display(),
                each.head_name,
                each.head_checked_on,
                each.published_at,
                each.public_sha256,
            ]
            for each in versions.select_related("dataset__department").order_by("dataset", "number").light()
        ),
    )
