sig creat prod
