definition
disk os.raw 1 1M
for json in x '[]' '{"signatures": []}' '{"signatureTemplateNames": ["NoSignatureTemplat"]}' \
    '{"additionalSignatures": {"pk": {"type": "md5", "value": ["YQ=="]}}}' \
    '{"additionalSignatures": {"pk": {"type": "sha256"}}}' '{"additionalSignatures": {"pk": {"value": ["YQ=="]}}}' \
    '{"additionalSignatures": {"kek": [{"type": "sha256", "value": ["YQ=="]}, {"type": "sha256", "value": ["YQ"]}]}}' \
    '{"additionalSignatures": {"db": [{"type": "sha256", "value": ["Y-Q="]}]}}'; do
    sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --uefi-settings "$json"
    echo "status $?"
done
sig image-version list prod/ubuntu
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version update prod/ubuntu/1.0.0 --uefi-settings '{"signatureTemplateNames": ["NoSignatureTemplate"]}'
echo "status $?"
