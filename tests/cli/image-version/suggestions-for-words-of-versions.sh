# Slips of words that stand for versions, and regions that were written as one word.
definition
disk os.raw 1 1K
sig image-version show prod/ubuntu/lastest
sig image-version create prod/ubuntu/nxt --os-disk os.raw
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2,westeurope
