sig gallery create prod --description @nowhere
