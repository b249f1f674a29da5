"""Relations of the published warehouse as files for other programs, with a description beside them."""
