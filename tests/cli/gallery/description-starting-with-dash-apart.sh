sig gallery create prod --description --x
