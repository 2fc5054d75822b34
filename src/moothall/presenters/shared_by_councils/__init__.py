"""What councils publish beside their figures: replies, practice notes, consultations."""
