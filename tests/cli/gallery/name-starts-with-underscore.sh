sig gallery create _prod
