# What was accepted before is refused when it would be there, is not lost, and is done when the lock is gone; it may be given up.
definition && disk os.raw 1 100K && disk other.raw 2 100K
accepted image-version create prod/ubuntu/1.0.0 --os-disk os.raw
accepted image-version create prod/ubuntu/1.1.0 --os-disk other.raw
sig lock create prod --name freeze --lock-type ReadOnly -o none
sig replicate -o none
sig image-version list prod/ubuntu --query '[].[name, provisioningState]' -o tsv
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw
sig image-version delete prod/ubuntu/1.1.0
sig lock delete prod --name freeze
sig replicate -o none
sig image-version list prod/ubuntu --query '[].[name, provisioningState]' -o tsv
