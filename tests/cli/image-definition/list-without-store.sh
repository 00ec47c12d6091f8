sig image-definition list prod
