definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
SIG_CLOCK=2001-01-01T00:00:00Z sig image-version update prod/ubuntu/1.0.0 --target-regions westus2 westeurope >/dev/null
rm -r store/regions/westeurope store/replicas/westeurope*
SIG_CLOCK=1999-01-01T00:00:00Z sig replicate >/dev/null
find store -type f -printf '%p %T@\n' | sort >before
SIG_CLOCK=1998-01-01T00:00:00Z sig replicate >/dev/null
find store -type f -printf '%p %T@\n' | sort | same before -
replication prod/ubuntu/1.0.0 | grep -e state -e verifiedDate
