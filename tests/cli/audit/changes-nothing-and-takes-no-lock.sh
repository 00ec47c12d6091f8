definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
patch "$(ls store/regions/westus2/standard_lrs/1/blobs/*.blob)" 20000 rot
tar -cf before.tar store && chmod -R a-w store
sig audit >/dev/null 2>&1; echo $?
chmod -R u+w store && tar -cf - store | tar -tvf - | wc -l && tar -df before.tar | grep -v 'Mode differs'
tar -tf before.tar | wc -l
# A sweep that is at work has everything locked.
walk '[ -e store/regions/westus2/standard_lrs/1/turnstile ]' sweep && sig audit -o tsv 2>/dev/null | wc -l && kill -KILL $walker
