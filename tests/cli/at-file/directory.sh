mkdir notes
sig gallery create prod --description @notes
