# It harms that region alone.
definition
disk os.raw 1 100K
sig region create rack --path rack --display-name 'Rack 7' -o none
sig region create attic --path attic -o none
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 rack attic >/dev/null
cp store/regions/rack/region.json saved
patch store/regions/rack/region.json 40 ZZZ
sig region list --query '[?state].[name, state]' -o tsv
sig region show rack --query '[details, path]' -o tsv
sig region update rack --capacity 1G
sig region delete rack
sig image-version show prod/ubuntu/1.0.0 --query 'publishingProfile.targetRegions[].name' -o tsv
sig image-version export prod/ubuntu/1.0.0 - --region attic | same - os.raw
sig replicate --verify -o none
sig audit --query 'findings[].[level, path, text]' -o tsv
cp saved store/regions/rack/region.json
sig replicate -o none
sig audit --query sound
