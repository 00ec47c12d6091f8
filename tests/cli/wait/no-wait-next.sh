# The next number is told at once, and nobody else gets it.
definition
disk one.raw 1 1M
sig image-version create prod/ubuntu/1.4.0 --os-disk one.raw >/dev/null
accepted image-version create prod/ubuntu/next --os-disk one.raw
sig image-version create prod/ubuntu/next --os-disk one.raw --query name -o tsv
sig image-version create prod/ubuntu/next:minor --os-disk one.raw --no-wait
workers_end
sig image-version list prod/ubuntu --query '[].[name, provisioningState]' -o tsv
sig image-version create prod/ubuntu/next --os-disk one.raw --if-changed --no-wait
