from opendata.forms.cells import CellForm, RepairsForm
from opendata.forms.file import OWN_TABLE, FileForm, ReplaceForm, SheetForm, UploadForm
from opendata.forms.publication import PublicationForm
from opendata.forms.review import PublishForm, ReturnForm, WithdrawForm
from opendata.forms.search import SearchForm

__all__ = [
    "OWN_TABLE",
    "CellForm",
    "FileForm",
    "PublicationForm",
    "PublishForm",
    "RepairsForm",
    "ReplaceForm",
    "ReturnForm",
    "SearchForm",
    "SheetForm",
    "UploadForm",
    "WithdrawForm",
]
