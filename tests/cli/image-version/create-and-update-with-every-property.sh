# What goes in comes out, by each flag of a property.
definition
disk os.raw 1 1M
disk data.raw 2 1M
DES=/subscriptions/s/des
show='[tags, publishingProfile, safetyProfile, securityProfile]'
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 3=data.raw --tags a=1 b \
    --target-regions "West US 2=2" northeurope=1=standard_lrs --replica-count 3 --storage-account-type STANDARD_LRS \
    --storage-account-strategy defaultstandard_lrs --replication-mode full --exclude-from-latest \
    --end-of-life-date 2030-01-31 --target-edge-zones westus2=losangeles=2=STANDARDSSD_lrs "East US=miami" \
    --target-region-encryption $DES/1,3,$DES/2 $DES/3,3,$DES/4 \
    --target-region-cvm-encryption encryptedwithpmk, EncryptedWithCmk,$DES/5 \
    --zone-encryption LosAngeles,$DES/6,3,null miami,null --allow-replicated-location-deletion yes \
    --block-delete-before-eol 1 --uefi-settings '{"signatureTemplateNames": ["nosignaturetemplate"], "additionalSignatures":
        {"pk": {"type": "X509", "value": ["YWJj"]}, "kek": [{"type": "sha256", "value": ["YQ==", "YWI="]}],
        "db": [{"type": "sha256", "value": ["YQ=="]}], "dbx": [{"type": "sha256", "value": ["YQ=="]}]}}' --query "$show"
echo "--- keys of the firmware when asked for"
sig image-version show prod/ubuntu/1.0.0 --expand uefisettings --query securityProfile
sig image-version list prod/ubuntu --expand UefiSettings --query '[].securityProfile.uefiSettings.signatureTemplateNames[]'
sig image-version show prod/ubuntu/1.0.0 --query securityProfile
echo "--- again is no change"
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 3=data.raw \
    --target-regions westus2=2 northeurope=1 --target-region-encryption $DES/1,3,$DES/2 $DES/3,3,$DES/4 \
    --target-region-cvm-encryption EncryptedWithPmk, EncryptedWithCmk,$DES/5 >/dev/null
echo "--- updated"
sig image-version update prod/ubuntu/1.0.0 --tags c=2 --target-regions westus2 northeurope --replica-count 1 \
    --exclude-from-latest false --end-of-life-date 2031-01-31T10:00:00Z --target-edge-zones westus2=losangeles westus=phoenix \
    --allow-replicated-location-deletion false --block-deletion-before-end-of-life false --query "$show"
echo "status $?"
sig image-version update prod/ubuntu/1.0.0 --tags c=2 --target-regions westus2 northeurope --replica-count 1 \
    --exclude-from-latest false --end-of-life-date 2031-01-31T10:00:00Z --target-edge-zones westus2=losangeles westus=phoenix \
    --block-deletion-before-end-of-life false --query "$show"
