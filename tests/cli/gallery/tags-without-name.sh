sig gallery create prod --tags =1
