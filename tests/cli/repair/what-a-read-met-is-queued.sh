definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=2 westeurope >/dev/null
blob=$(echo store/regions/westus2/standard_lrs/1/blobs/*.blob)
map=$(echo store/regions/westeurope/standard_lrs/1/disks/*.disk)
patch "$blob" 20000 rot
patch "$map" 100 rot
sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
sig image-version export prod/ubuntu/1.0.0 - --region westeurope | same - os.raw
# Once for each.
sig image-version export prod/ubuntu/1.0.0 - 2>/dev/null | same - os.raw
ls store/repairs && grep -v checksum store/repairs/westus2*
sig audit --query '[findings[].path, findings[].level]' -o json 2>/dev/null
# A sweep leaves it alone; what is queued is what is looked at; then it is done.
sig sweep -o tsv
sig repair --queued --query '[bytesRead, length(repairs)]' -o tsv
ls store/repairs
sig audit -o tsv && sig repair --queued -o tsv
# A record that nobody can read is no obstacle.
echo '{' >store/repairs/x.json && sig repair --queued -o tsv; ls store/repairs
# Who may not write says nothing of it.
need_root
patch "$blob" 20000 rot
nobody sh -c '[ -x "$BUILD/sig" ]' 2>/dev/null || skip "needs paths that anybody may walk"
chmod -R a+rX . && nobody sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
ls store/repairs
