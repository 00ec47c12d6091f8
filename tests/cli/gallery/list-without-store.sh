sig gallery list
