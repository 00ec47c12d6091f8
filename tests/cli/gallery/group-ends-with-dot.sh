sig gallery create prod -g images.
