from opendata.models.dataset import Dataset
from opendata.models.version import DatasetRow, DatasetVersion, Repair

__all__ = ["Dataset", "DatasetRow", "DatasetVersion", "Repair"]
