definition
disk os.raw 1 1K
sig image-version create -g default -r prod -i ubuntu -e 1.0.0 --os-disk os.raw | grep '"id"' | cut -d / -f 4- >path
sig image-version create -g default --gallery-name PROD --gallery-image-definition Ubuntu --gallery-image-version 1.0.0 --os-disk os.raw -o tsv
id=$(sig image-version show prod/ubuntu/1.0.0 -o tsv | cut -f 1)
cat path
sig image-version show --ids "$id" -o table
sig image-version show "$id" -o table
