sig gallery create prod --description a --description b -o json -o table
