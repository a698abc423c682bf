from opendata.models.dataset import Dataset
from opendata.models.table import DatasetRow, Finding, Repair
from opendata.models.version import DatasetVersion

__all__ = ["Dataset", "DatasetRow", "DatasetVersion", "Finding", "Repair"]
