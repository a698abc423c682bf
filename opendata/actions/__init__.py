from opendata.actions.bringing_back import bring_back
from opendata.actions.commenting import comment_cell, drop_comment
from opendata.actions.confirming import confirm_kind, take_as_next
from opendata.actions.defining import define
from opendata.actions.describing import describe
from opendata.actions.discarding import discard
from opendata.actions.publishing import make_files, publish, publish_later, withdraw
from opendata.actions.reminding import remind_of_update
from opendata.actions.repairing import accept_repairs, edit_alike, edit_cell, undo_repairs
from opendata.actions.reviewing import keep_unpublished, return_version, review_again, submit, take_up
from opendata.actions.upgrading import upgrade
from opendata.actions.uploading import read, read_later, replace, upload

__all__ = [
    "accept_repairs",
    "bring_back",
    "comment_cell",
    "confirm_kind",
    "define",
    "describe",
    "discard",
    "drop_comment",
    "edit_alike",
    "edit_cell",
    "keep_unpublished",
    "make_files",
    "publish",
    "publish_later",
    "read",
    "read_later",
    "remind_of_update",
    "replace",
    "return_version",
    "review_again",
    "submit",
    "take_as_next",
    "take_up",
    "undo_repairs",
    "upgrade",
    "upload",
    "withdraw",
]
