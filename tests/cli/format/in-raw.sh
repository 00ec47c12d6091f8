imported raw
imported raw '' -S 0
