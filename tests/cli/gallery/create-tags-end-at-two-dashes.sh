sig gallery create -o table --tags a=1 -- prod
