# What can be read once only is looked at when it is stored.
need_command sfdisk
definition && truncate -s 20M os.raw && printf 'label: gpt\nstart=2048,size=8192\nstart=16384,size=16384\n' | sfdisk --quiet os.raw && head -c 12M os.raw >cut.raw
cat cut.raw | sig image-version create prod/ubuntu/1.0.0 --os-disk - >/dev/null
gzip -c cut.raw >cut.raw.gz && sig image-version create prod/ubuntu/1.1.0 --os-disk cut.raw.gz >/dev/null
