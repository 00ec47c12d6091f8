# The others are deleted, and what they share with it is not freed.
definition && sig gallery create web --location westus2 -o none && disk os.raw 1 300K
sig image-definition create web/ubuntu --publisher a --offer b --sku c --os-type Linux -o none
publish() { sig image-version create "$1" --os-disk os.raw -o none; }
publish prod/ubuntu/1.0.0 && publish prod/ubuntu/1.1.0 && publish web/ubuntu/1.0.0 && publish web/ubuntu/1.1.0
patch os.raw 5000 new && publish prod/ubuntu/2.0.0 && disk os.raw 2 300K && publish web/ubuntu/2.0.0
sig prune --keep-latest 1 --plan --query 'versions[?action==`Drop`].[name, bytesFreed]' -o tsv
# An update is halted where it has its gallery's lock.
walk '[ -n "$(find store/galleries/web -name ".sig-*")" ]' gallery update web --description x -o none
sig prune --keep-latest 1 --lock-wait 0 --query '[[kept, dropped, failed, bytesFreed], versions[].[name, action, rule, bytesFreed]][]' -o tsv 2>said
echo "status $?"
sed 's/process [0-9]*/process N/' said
go_on
sig prune --keep-latest 1 --query '[kept, dropped, failed, bytesFreed]' -o tsv
sig image-version list web/ubuntu --query '[].name' -o tsv
