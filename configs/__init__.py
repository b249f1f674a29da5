"""Knowledge as data: theatres (a war each) and languages, read strictly into frozen values."""
