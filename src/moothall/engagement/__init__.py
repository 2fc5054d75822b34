"""Taking part: people, the bodies they speak for, consultations and responses, with a database of its own."""
