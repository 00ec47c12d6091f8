sig gallery create @prod
