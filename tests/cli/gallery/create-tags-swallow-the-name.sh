sig gallery create --tags a=1 prod
