echo one | sig gallery create prod --description @- --tags @-
