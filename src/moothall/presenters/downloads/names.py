"""The names of the files that pages offer, and the words of their links."""

FIGURES = (("figures.csv", "Figures as CSV"), ("figures.xlsx", "Figures as an Excel workbook"))
EVERY_PERIOD = (
    ("every-period.csv", "Every period as CSV"),
    ("every-period.xlsx", "Every period as an Excel workbook"),
)
SPREAD = (("spread.svg", "The spread as SVG"), ("spread.png", "The spread as PNG"))
HISTORY = (("history.svg", "The history as SVG"), ("history.png", "The history as PNG"))
