# As scripts for the Azure CLI promote one.
definition dev/ubuntu
definition prod/ubuntu
disk os.raw 1 64K
disk data.raw 2 64K
id=$(sig image-version create dev/ubuntu/1.0.0 --os-disk os.raw --data-disk 1=data.raw --query id -o tsv)
sig image-version create -g default -r prod -i ubuntu -e 1.0.0 --managed-image "$id" --query storageProfile.source.id -o tsv
sig image-version export prod/ubuntu/1.0.0 back.raw --data-disk 1 && same data.raw back.raw
sig image-version create prod/ubuntu/1.1.0 --managed-image "$id" --image-version dev/ubuntu/1.0.0
echo $?
sig image-version create prod/ubuntu/1.1.0 --managed-image "$id" --data-disk 0=data.raw
echo $?
sig image-version create prod/ubuntu/1.1.0 --managed-image "${id%/versions*}"
echo $?
sig image-version create prod/ubuntu/1.1.0 --managed-image "${id%1.0.0}9.0.0"
mv store build
definition prod/ubuntu
sig image-version create prod/ubuntu/1.0.0 --managed-image "$id" --from-store build --query name
