from opendata.models.dataset import Dataset
from opendata.models.public_file import PublicFile
from opendata.models.table import DatasetRow, Finding, Repair
from opendata.models.version import DatasetVersion

__all__ = ["Dataset", "DatasetRow", "DatasetVersion", "Finding", "PublicFile", "Repair"]
