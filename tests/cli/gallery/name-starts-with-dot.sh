sig gallery create .prod
