# Beside a sweep that has a replica to itself, and with nothing written or touched.
definition
disk os.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 northeurope >/dev/null
held_back
find store -printf '%p %s %T@ %C@\n' | sort >before
sig coverage -o table
find store -printf '%p %s %T@ %C@\n' | sort >after
cmp before after
go_on
