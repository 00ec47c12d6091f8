sig help gallery create prod
