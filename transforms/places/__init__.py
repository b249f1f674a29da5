"""Where: names of places found in running words, whatever their spelling, and told apart."""
