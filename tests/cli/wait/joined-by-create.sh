# The same create once more does what is left of it, or starts somebody who does.
definition
disk one.raw 1 1M
accepted image-version create prod/ubuntu/1.0.0 --os-disk one.raw --tags a=b
sig image-version create prod/ubuntu/1.0.0 --os-disk "$PWD/one.raw" --tags a=b --query provisioningState -o tsv
ls store/work
accepted image-version create prod/ubuntu/1.1.0 --os-disk one.raw
sig image-version create prod/ubuntu/1.1.0 --os-disk one.raw --no-wait
workers_end
sig image-version list prod/ubuntu --query '[].[name, provisioningState]' -o tsv
ls store/work
