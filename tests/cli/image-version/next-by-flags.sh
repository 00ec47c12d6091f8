definition
disk os.raw 1 1K
sig image-version create -r prod -i ubuntu -e next --os-disk os.raw --query name -o tsv
sig image-version create -r prod -i ubuntu --version next:minor --os-disk os.raw --query name -o tsv
sig image-version create prod/ubuntu --version=next --os-disk os.raw --query name -o tsv
sig image-version show prod/ubuntu --version 1.1.0 --query name -o tsv
sig image-version show prod/ubuntu --gallery-image-version-name 1.1.1 --query name -o tsv
sig image-version show prod/ubuntu --version
echo $?
sig image-version --version | sed 's/[0-9.]*$/N/'
