sig gallery list prod
