# Excluded or not, and whatever of its copies is missing is copied; one that cannot be read is passed over.
definition
disk os.raw 1 1K
disk other.raw 2 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk other.raw --exclude-from-latest true >/dev/null
sig image-version create prod/ubuntu/next --os-disk other.raw --if-changed --query name -o tsv
sig image-version create prod/ubuntu/next --os-disk os.raw --if-changed --query name -o tsv
echo x >>store/galleries/prod/images/ubuntu/versions/1.1.1/version.json
sig image-version create prod/ubuntu/next --os-disk other.raw --if-changed --query name -o tsv
sig image-version create prod/ubuntu/next --os-disk os.raw --if-changed --query name -o tsv
