# Its only source is swept while it copies: two blobs that it reads of become one. It looks again what is where.
definition && disk one.raw 1 2M && disk two.raw 5 2M
head -c 200K one.raw >both.raw && head -c 200K two.raw >>both.raw
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk two.raw >/dev/null
sig image-version create prod/ubuntu/1.2.0 --os-disk both.raw --target-regions westus2 westeurope >/dev/null
sig image-version delete prod/ubuntu/1.0.0 && sig image-version delete prod/ubuntu/1.1.0
rm -r store/regions/westeurope store/replicas/westeurope.*
walk 'ls -l /proc/$walker/fd | grep -q "westeurope.*blobs.*(deleted)"' replicate -o none
sig sweep --lock-wait 0 --query rewritten 2>/dev/null
go_on >/dev/null && sig image-version export prod/ubuntu/1.2.0 - --region westeurope | same - both.raw && echo whole
sig audit >/dev/null && echo sound
