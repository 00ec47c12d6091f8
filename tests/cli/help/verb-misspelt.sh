sig help gallery creat
