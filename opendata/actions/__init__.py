from opendata.actions.describing import describe
from opendata.actions.publishing import publish, withdraw
from opendata.actions.repairing import accept, edit_cell, undo
from opendata.actions.reviewing import return_, submit
from opendata.actions.uploading import read, replace, upload
from opendata.conflict import Conflict

__all__ = [
    "Conflict",
    "accept",
    "describe",
    "edit_cell",
    "publish",
    "read",
    "replace",
    "return_",
    "submit",
    "undo",
    "upload",
    "withdraw",
]
