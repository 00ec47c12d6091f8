sig gallery create prod --description=a=b -o=table
