sig image-definition create -i ubuntu --os-type linux
