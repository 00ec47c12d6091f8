sig gallery create prod --description --tags a=1
