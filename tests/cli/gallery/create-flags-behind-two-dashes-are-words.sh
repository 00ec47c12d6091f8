sig gallery create -- prod -o table
