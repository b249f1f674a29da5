"""Raw bytes to reports: forms, encodings, outlets, days of publication, near-duplicates."""
