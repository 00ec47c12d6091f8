sig gallery creat
