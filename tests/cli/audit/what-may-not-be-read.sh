need_root
definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
chown -R nobody . && chown root store/regions/westeurope/standard_lrs/1/blobs/*.blob && chmod 600 store/regions/westeurope/standard_lrs/1/blobs/*.blob
nobody sh -c 'cd "$HOME" && [ -x "$BUILD/sig" ]' 2>/dev/null || skip "needs paths that anybody may walk"
nobody sig audit; echo $?
