# Who mistypes one region for another is told that nothing is wanted there; what is asked for of a version by name is an error.
definition && disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 local >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sig replicate --region northeurope
sig replicate --region westeurope --query '[].name' -o tsv
sig replicate prod/ubuntu --status --region northeurope westus2 --query '[].name' -o tsv
sig replicate prod/ubuntu/1.0.0 --region westeurope
sig replicate --retry --region westeurope
sig coverage --region westeurope --query 'versions[?regions].name' -o tsv
sig coverage --region northeurope local --query 'versions[?regions].name' -o tsv
sig coverage --region westus2,local
