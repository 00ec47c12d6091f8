sig image-definition show prod/ubuntu -i debian
