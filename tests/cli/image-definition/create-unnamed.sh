sig image-definition create --os-type linux
