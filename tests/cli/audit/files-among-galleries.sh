definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
touch store/galleries/notes.txt store/galleries/prod/images/ubuntu/versions/list
sig gallery show notes.txt
sig audit | grep -e level -e text -e hint; sig gallery list -o table && sig image-version list prod/ubuntu -o table && sig sweep -o table
mkdir store/galleries/old
sig audit | grep -e level -e text -e hint; sig sweep
