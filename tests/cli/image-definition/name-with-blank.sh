sig image-definition create 'prod/my image' --os-type linux -p a -f b -s c
