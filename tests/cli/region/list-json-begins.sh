sig region list | sed 12q
