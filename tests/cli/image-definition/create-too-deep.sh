sig image-definition create prod/ubuntu/1.0.0 --os-type linux
