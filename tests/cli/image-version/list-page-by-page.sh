definition
disk os.raw 1 64K
for version in 1.10.0 1.9.0 1.2.0 2.0.0; do sig image-version create prod/ubuntu/$version --os-disk os.raw >/dev/null; done
sig image-version list prod/ubuntu --max-items 2 --query '[].name' -o tsv
sig image-version list prod/ubuntu --max-items 2 --next-token 1.9.0 --query '[].name' -o tsv
sig image-version list prod/ubuntu --next-token 1.5.0 --query '[].name' -o tsv
sig image-version list prod/ubuntu/1.x --max-items 2 --next-token 1.2.0 --query '[].name' -o tsv
sig image-version list prod/ubuntu --next-token latest
