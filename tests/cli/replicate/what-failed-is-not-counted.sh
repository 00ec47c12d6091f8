# A replica behind one that failed has begun: that makes nobody believe that the one which failed was done.
definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sig region create westeurope --capacity 400K >/dev/null
touch store/regions/westeurope/standard_lrs/2
sig image-version update prod/ubuntu/1.0.0 --target-regions westus2 westeurope=3 >/dev/null
echo $?
replication prod/ubuntu/1.0.0 | grep -e state -e Count
