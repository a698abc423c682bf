from opendata.actions.bringing_back import bring_back
from opendata.actions.commenting import comment_cell, drop_comment
from opendata.actions.defining import define
from opendata.actions.describing import describe
from opendata.actions.publishing import make_files, publish, publish_later, withdraw
from opendata.actions.repairing import accept_repairs, edit_cell, undo_repairs
from opendata.actions.reviewing import return_version, submit
from opendata.actions.upgrading import upgrade
from opendata.actions.uploading import read, read_later, replace, upload

__all__ = [
    "accept_repairs",
    "bring_back",
    "comment_cell",
    "define",
    "describe",
    "drop_comment",
    "edit_cell",
    "make_files",
    "publish",
    "publish_later",
    "read",
    "read_later",
    "replace",
    "return_version",
    "submit",
    "undo_repairs",
    "upgrade",
    "upload",
    "withdraw",
]
