sig gallery create prod --description @
