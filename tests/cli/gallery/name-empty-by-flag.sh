sig gallery create --gallery-name ''
