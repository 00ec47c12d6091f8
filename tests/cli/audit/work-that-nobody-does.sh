# Accepted, and its process killed: an audit says so until somebody has done it.
definition
disk os.raw 1 300K
accepted image-version create prod/ubuntu/1.0.0 --os-disk os.raw
sig audit --query 'findings[].[level, path, text, hint]' -o tsv
sig replicate -o none
sig audit --query 'findings[].text' -o tsv
accepted image-version update prod/ubuntu/1.0.0 --add-regions westeurope
sig audit --query 'findings[?starts_with(path, `work`)].[level, path, text, hint]' -o tsv
sig replicate -o none
sig audit --query 'findings[].text' -o tsv
