# An empty directory in place of it is never written to: reads go on elsewhere, and nothing is lost when it comes back.
definition
disk os.raw 1 100K
disk more.raw 2 100K
sig region create rack --path rack -o none
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 rack >/dev/null
mv rack away
sig region show rack --query '[state, details]' -o tsv | sed "s|$PWD/||"
mkdir rack
sig region list --query '[?state].[name, state]' -o tsv
sig region show rack --query details -o tsv | sed "s|$PWD/||"
sig image-version export prod/ubuntu/1.0.0 - --region rack 2>/dev/null | same - os.raw
sig image-version create prod/ubuntu/2.0.0 --os-disk more.raw --target-regions westus2 rack 2>&1 >/dev/null | sed "s|$PWD/||"
sig audit --query findings[].text -o tsv 2>/dev/null | sed "s|$PWD/||"
sig sweep -o none 2>&1 | sed "s|$PWD/||"
sig region delete rack
echo $?
find rack
rmdir rack
mv away rack
sig replicate -o none
sig audit --query sound
sig image-version export prod/ubuntu/2.0.0 - --region rack | same - more.raw
