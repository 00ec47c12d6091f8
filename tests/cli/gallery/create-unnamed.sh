sig gallery create --description text
