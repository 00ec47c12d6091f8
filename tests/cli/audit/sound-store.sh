definition && disk os.raw 1 300K && cp os.raw more.raw && patch more.raw 5000 changed
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope=2 >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk more.raw --data-disk 0=os.raw >/dev/null 2>&1
sig gallery create empty >/dev/null
sig audit
sig audit -o table
sig audit prod/ubuntu/latest | grep -e disks -e imageVersions -e replicas
