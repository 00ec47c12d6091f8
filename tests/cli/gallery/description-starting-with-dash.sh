sig gallery create prod --description=-x -o table
