sig region list -o table
