sig gallery create prod -g 'a/b'
