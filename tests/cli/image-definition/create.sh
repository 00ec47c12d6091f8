sig gallery create prod -l westus2 >/dev/null
sig image-definition create prod/ubuntu --os-type linux --publisher acme --offer ubuntu --sku 24.04
find store/galleries/prod/images | LC_ALL=C sort
