"""The pages: views that read an address and ask a presenter. No arithmetic, no SQL, no formatting here."""
