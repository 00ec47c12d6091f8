sig gallery list -o table
