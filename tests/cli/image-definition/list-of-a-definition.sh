sig image-definition list prod/ubuntu
