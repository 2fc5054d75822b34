"""The ways in: home, search, names, outcomes, and pages for addresses that lead nowhere."""
