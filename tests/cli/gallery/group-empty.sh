sig gallery create prod -g ''
