"""From an Excel file in a department to a reviewed, published, downloadable data set."""
