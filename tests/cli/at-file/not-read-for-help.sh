sig gallery create prod --description @nowhere --help | head -1
