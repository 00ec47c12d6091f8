# Premium storage keeps each disk ready beside its blobs, which it has compressed: that is not begun where it would not fit.
definition && disk os.raw 1 300K
sig region create westeurope --capacity 400K >/dev/null
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope=1=Premium_LRS >/dev/null
echo $?
find store/regions/westeurope -name '*.raw' -o -name '*.blob' | wc -l
sig region update westeurope --capacity 1M >/dev/null
sig replicate >/dev/null
echo $?
find store/regions/westeurope -name '*.raw' -o -name '*.blob' | wc -l
