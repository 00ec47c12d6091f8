# Any two of them may vanish.
definition
disk os.raw 1 100K
sig region create lab --path lab --zones zone1 zone2 zone3 --query '[availabilityZones, state]' -o tsv
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 lab=1=Standard_ZRS -o none
find lab zone1 zone2 zone3 -name replica.json | sort
sig audit --query '[sound, replicas]' -o tsv
mv zone1 away1
mv zone3 away3
mkdir zone3
sig image-version export prod/ubuntu/1.0.0 - --region lab 2>/dev/null | same - os.raw
sig region show lab --query '[state, details]' -o tsv | sed "s|$PWD/||"
rmdir zone3
mv away1 zone1
mv away3 zone3
sig replicate --verify -o none
sig region update lab --availability-zones false
sig region create lone --availability-zones true --query availabilityZones
sig image-version update prod/ubuntu/1.0.0 --add-regions lone=1=standard_zrs -o none
sig audit --query sound
