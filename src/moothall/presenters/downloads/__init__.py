"""Any view as a file: figures as CSV and XLSX, charts as SVG and PNG. The limits travel in the file."""
