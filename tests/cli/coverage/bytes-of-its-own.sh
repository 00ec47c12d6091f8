# What only one version needs is told for the whole store; of a part nobody knows.
definition
disk os.raw 1 256K
cp os.raw more.raw
disk tail.raw 2 256K
cat tail.raw >>more.raw
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk more.raw >/dev/null
sig coverage --query 'versions[].[name, regions[0].bytes, regions[0].exclusiveBytes]' -o json
sig coverage prod/ubuntu --query 'versions[].regions[0].exclusiveBytes' -o json
sig coverage --query 'storage[].[name, directories, bytes, plainBytes]' -o json
