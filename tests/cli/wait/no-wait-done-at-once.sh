# What is done at once is done; nothing is printed, and an error is one.
sig gallery create prod --no-wait
sig gallery update prod --description new --no-wait true
sig gallery show prod --query description -o tsv
sig image-definition create prod/ubuntu -p p -f o -s s --os-type linux --no-wait
sig image-definition update prod/ubuntu --description new --no-wait
sig image-definition show prod/ubuntu --query description -o tsv
sig gallery delete prod --no-wait
echo "status $?"
sig image-definition delete prod/ubuntu --no-wait
sig image-version delete prod/ubuntu/1.0.0 --no-wait
sig gallery delete prod --no-wait
sig gallery list
