definition
disk os.raw 1 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --end-of-life-date 2026-06-30 --block-deletion-before-end-of-life >/dev/null
sig image-version delete prod/ubuntu/1.0.0
echo "status $?"
sig image-version show prod/ubuntu/1.0.0 --query '[safetyProfile.blockDeletionBeforeEndOfLife, publishingProfile.endOfLifeDate]' -o tsv
echo "--- after it"
SIG_CLOCK=2026-07-01T00:00:00Z sig image-version delete prod/ubuntu/1.0.0
echo "status $?"
echo "--- without an end there is nothing to wait for"
sig image-version create prod/ubuntu/1.0.1 --os-disk os.raw --block-deletion-before-end-of-life true >/dev/null
sig image-version delete prod/ubuntu/1.0.1
echo "--- lifted"
sig image-version create prod/ubuntu/1.0.2 --os-disk os.raw --block-deletion-before-end-of-life true --end-of-life-date 2030-01-01 >/dev/null
sig image-version update prod/ubuntu/1.0.2 --block-deletion-before-end-of-life false >/dev/null
sig image-version delete prod/ubuntu/1.0.2
sig image-version list prod/ubuntu
