# Nothing is printed, and the version is there a moment later, byte for byte.
definition
disk one.raw 1 3M
disk data.raw 2 1M
mkdir in && cd in || exit
sig image-version create prod/ubuntu/1.0.0 --os-disk ../one.raw --data-disk 0=../data.raw --target-regions westus2 eastus=2 \
    --tags stage=new --no-wait --store ../store
cd ..
sig image-version wait prod/ubuntu/1.0.0 --created
sig image-version wait prod/ubuntu/1.0.0 --replicated
sig image-version list prod/ubuntu -o table
sig image-version export prod/ubuntu/1.0.0 back.raw --region eastus
sig image-version export prod/ubuntu/1.0.0 data-back.raw --data-disk 0
same one.raw back.raw && same data.raw data-back.raw
ls store/work
sig image-version show prod/ubuntu/1.0.0 --query tags.stage -o tsv
sig audit >/dev/null
# A copy: of the version that is the latest now.
sig gallery create stage --location westus2 >/dev/null
sig image-definition create stage/ubuntu --publisher Contoso --offer Server --sku stage --os-type Linux >/dev/null
sig image-version create stage/ubuntu/next --image-version prod/ubuntu/latest --no-wait
workers_end
sig image-version export stage/ubuntu/1.0.0 - | cmp - one.raw
