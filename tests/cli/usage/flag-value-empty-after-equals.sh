sig gallery create prod --description= -o table
