definition && disk os.raw 1 300K && cp os.raw more.raw && patch more.raw 5000 changed && disk other.raw 2 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk more.raw >/dev/null
sig image-version create prod/ubuntu/1.2.0 --os-disk other.raw >/dev/null
sig sweep
sig image-version delete prod/ubuntu/1.0.0 && sig image-version delete prod/ubuntu/1.2.0
sig sweep --plan --query '{blobs: blobs, disks: disks, scratch: scratch, bytesToFree: bytesToFree}' && sig sweep -o table && sig sweep -o tsv
sig audit >/dev/null && sig image-version export prod/ubuntu/1.1.0 - | same - more.raw && echo as it was
# A disk that comes back is stored anew.
sig image-version create prod/ubuntu/1.3.0 --os-disk other.raw >/dev/null && sig audit >/dev/null && echo sound
sig gallery create empty >/dev/null && sig image-version delete prod/ubuntu/1.1.0 && sig image-version delete prod/ubuntu/1.3.0
sig sweep; echo $?
sig sweep --plan | grep blobs && sig sweep --force >/dev/null
find store/regions -name '*.blob' -o -name '*.disk'
