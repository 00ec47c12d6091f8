sig help help
