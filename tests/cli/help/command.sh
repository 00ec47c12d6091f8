sig help gallery create
