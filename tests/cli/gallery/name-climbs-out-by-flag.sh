sig gallery create -r ../../etc
