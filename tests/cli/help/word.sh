sig help
