# A publish of ours was killed behind the commit, and somebody else of the group goes on: what he reads back is not his.
need_root
umask 002
definition
disk os.raw 1 100K
walk '[ -d store/galleries/prod/images/ubuntu/versions/1.0.0 ]' \
    image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope
kill -KILL $walker
chmod -R a+rwX .
nobody sig replicate prod/ubuntu/1.0.0 >/dev/null
