"""The published warehouse as other people's tools read it."""
