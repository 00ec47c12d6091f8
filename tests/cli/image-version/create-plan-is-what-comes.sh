# A plan changes nothing, not a name and not a time, and says to the byte what the copies take.
definition && disk os.raw 1 2M && head -c 700K os.raw >two.raw && disk tail.raw 2 300K && cat tail.raw >>two.raw && disk data.raw 3 500K
store_is() { find store -printf '%p %T@ %s %m\n' | sort; find store -type f | sort | xargs sha256sum; }
planned() { store_is >before; sig "$@" --plan --query 'regions[].bytesToCopy' -o tsv; store_is | cmp - before && echo nothing is changed; }
copied() { sig image-version show "$1" --expand ReplicationStatus --query 'replicationStatus.summary[].copiedBytes' -o tsv; }
publish() { planned image-version create "$@" && sig image-version create "$@" >/dev/null && copied "$1"; }
publish prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 0=data.raw --target-regions westus2 westeurope=2
# Some of it is there, some of it is not, and some not everywhere.
publish prod/ubuntu/1.1.0 --os-disk two.raw --target-regions westus2 westeurope northeurope
# All of it is there; what a region has not comes from what the home region has.
publish prod/ubuntu/1.2.0 --image-version prod/ubuntu/1.1.0 --target-regions westus2 eastus=2
planned image-version create prod/ubuntu/next --os-disk two.raw --if-changed
planned image-version create prod/ubuntu/1.1.0 --os-disk two.raw --target-regions westus2 eastus2
planned image-version create prod/ubuntu/1.1.0 --os-disk os.raw
planned image-version create prod/ubuntu/2.0.0 --os-disk nowhere.raw
sig image-version create prod/ubuntu/next --os-disk data.raw --plan --no-wait
sig image-version create prod/ubuntu/next --os-disk data.raw --plan --query '{of: references, what: operation, fits: fits}'
