# Edge zones, encryption and keys of the firmware by their paths follow the same rules as by flags.
definition
disk os.raw 1 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-edge-zones eastus=z >/dev/null
change() {
    sig image-version update prod/ubuntu/1.0.0 "$@" --query 'publishingProfile.targetExtendedLocations[].[name,
        extendedLocation.name, extendedLocation.type, extendedLocationReplicaCount, storageAccountType]' -o tsv
    echo "status $?"
}
change --add publishingProfile.targetExtendedLocations '{"name": "West US", "extendedLocation": {"name": "y"}}'
change --add publishingProfile.targetExtendedLocations '{"name": "West US", "extendedLocation": {"name": "Y"}}'
change --remove publishingProfile.targetExtendedLocations 0
change --remove publishingProfile.targetExtendedLocations 0 --allow-replicated-location-deletion
change --set 'publishingProfile.targetRegions[0].encryption={"osDiskImage": {"diskEncryptionSetId": "x"}}'
change --set 'publishingProfile.targetRegions[0].additionalReplicaSets=[{"storageAccountType": "Premium_LRS"}]'
change --set 'securityProfile.uefiSettings.signatureTemplateNames=["x"]'
change --set safetyProfile.blockDeletionBeforeEndOfLife=true publishingProfile.endOfLifeDate=2030-01-01
sig image-version delete prod/ubuntu/1.0.0
echo "status $?"
