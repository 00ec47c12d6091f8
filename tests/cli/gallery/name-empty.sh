sig gallery create ''
