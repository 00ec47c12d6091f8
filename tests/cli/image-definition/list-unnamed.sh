sig image-definition list
