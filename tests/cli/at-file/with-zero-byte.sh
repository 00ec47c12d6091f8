printf "a\0b" >notes
sig gallery create prod --description @notes
