# A note of what is wanted; az's own test, and what it leaves open.
definition
disk os.raw 1 1M
zones() {
    sig "$@" --query 'publishingProfile.targetExtendedLocations[].[name, extendedLocation.name, extendedLocation.type,
        extendedLocationReplicaCount, storageAccountType]' -o tsv
}
zones image-version create prod/ubuntu/1.0.0 --os-disk os.raw --replica-count 2 --target-edge-zones southcentralus=microsoftdallas1=1
echo "--- replaced"
zones image-version update prod/ubuntu/1.0.0 --target-edge-zones \
    southcentralus=MICROSOFTDALLAS1=1=standardssd_lrs "West US=microsoftla1=premium_lrs" eastus=z '{"name": "East US 2",
    "extendedLocation": {"name": "y", "type": "edgezone"}, "extendedLocationReplicaCount": 4}'
echo "--- not given"
zones image-version update prod/ubuntu/1.0.0
echo "--- not taken away"
zones image-version update prod/ubuntu/1.0.0 --target-edge-zones eastus=z
zones image-version update prod/ubuntu/1.0.0 --target-edge-zones None
echo "--- unless that is allowed"
zones image-version update prod/ubuntu/1.0.0 --target-edge-zones none --allow-replicated-location-deletion true
sig image-version show prod/ubuntu/1.0.0 --query 'publishingProfile.targetExtendedLocations'
echo "--- nothing is kept for them"
ls store/regions
