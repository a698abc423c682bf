from members.models.closed_day import ClosedDay
from members.models.department import Department, Posting
from members.models.entry import EntryRequest
from members.models.factor import GraceLogin
from members.models.group import DeskGrant, WorkingGroup
from members.models.group_rules import GroupRules
from members.models.job_title import JobTitle
from members.models.link import PersonalLink
from members.models.membership import Membership, MembershipTerm, OfficeTerm
from members.models.municipality import Municipality
from members.models.person_merge import PersonMerge
from members.models.roster_import import RosterImport
from members.models.sheet import IntroSheet, SheetPhoto
from members.models.user import Anybody, User

__all__ = [
    "Anybody",
    "ClosedDay",
    "Department",
    "DeskGrant",
    "EntryRequest",
    "GraceLogin",
    "GroupRules",
    "IntroSheet",
    "JobTitle",
    "Membership",
    "MembershipTerm",
    "Municipality",
    "OfficeTerm",
    "PersonMerge",
    "PersonalLink",
    "Posting",
    "RosterImport",
    "SheetPhoto",
    "User",
    "WorkingGroup",
]
