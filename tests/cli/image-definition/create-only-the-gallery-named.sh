sig image-definition create prod --os-type linux
