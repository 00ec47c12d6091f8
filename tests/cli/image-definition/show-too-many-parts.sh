sig image-definition show a/b/1.0.0/x
