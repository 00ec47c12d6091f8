# Each resource counts where it belongs, whatever regions its copies are in; a region without any is counted when it is asked for.
sig usage -o table
definition && disk os.raw 1 100K
sig gallery create stage --location 'West Europe' >/dev/null
sig image-definition create stage/web --publisher a --offer b --sku c --os-type Linux --location westus2 >/dev/null
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=2 westeurope=3 >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw >/dev/null
sig image-version create stage/web/1.0.0 --os-disk os.raw --location westeurope --target-regions westeurope >/dev/null
sig usage -o table
sig usage -l 'North Europe' --query '[].[location, name.localizedValue, currentValue, limit, unit]' -o tsv
sig usage --location westus2 --query '[?name.value==`GalleryImage`]'
sig image-version delete prod/ubuntu/1.0.0
sig usage --location westus2 --query '[].currentValue' -o tsv
sig usage --location nowhere
