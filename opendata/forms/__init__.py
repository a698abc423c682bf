from opendata.forms.assignments import ExemptForm
from opendata.forms.cells import CellForm, ProposalsForm, RepairsForm, RowNumberForm
from opendata.forms.definition import DefinitionForm
from opendata.forms.file import BringBackForm, FileForm, ReplaceForm, UploadForm
from opendata.forms.kind import ConfirmKindForm
from opendata.forms.publication import PublicationForm
from opendata.forms.review import CommentForm, KeepUnpublishedForm, PublishVersionForm, ReturnForm, WithdrawForm
from opendata.forms.search import CatalogueSearchForm
from opendata.forms.way import WayForm

__all__ = [
    "BringBackForm",
    "CatalogueSearchForm",
    "CellForm",
    "CommentForm",
    "ConfirmKindForm",
    "DefinitionForm",
    "ExemptForm",
    "FileForm",
    "KeepUnpublishedForm",
    "ProposalsForm",
    "PublicationForm",
    "PublishVersionForm",
    "RepairsForm",
    "ReplaceForm",
    "ReturnForm",
    "RowNumberForm",
    "UploadForm",
    "WayForm",
    "WithdrawForm",
]
