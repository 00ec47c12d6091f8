definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 eastus=2 >/dev/null
cd store/regions/eastus/standard_lrs && mv 1 3 && mv 2 1 && mv 3 2 && cd ../../../..
sig audit --query 'findings[].[text, hint]' -o tsv
sig repair --query 'troubles[].[text, hint]' -o tsv
sig image-version export prod/ubuntu/1.0.0 - --region eastus | same - os.raw
rm -r store/regions/eastus/standard_lrs/[12]
sig repair >/dev/null
sig audit --query findings
