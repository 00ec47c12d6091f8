definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sig image-version show prod/ubuntu/1.0.0 --expand ReplicationStatus >before
find store -type f -newer before >changed
SIG_CLOCK=2026-03-03T03:03:03Z sig replicate prod/ubuntu/1.0.0 >/dev/null
sig image-version show prod/ubuntu/1.0.0 --expand ReplicationStatus | same before -
find store -type f -newer before | same changed -
