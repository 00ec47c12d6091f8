sig image-definition create prod/ubuntu --os-type Win
sig gallery create prod --location westeu
sig gallery list -o tab
