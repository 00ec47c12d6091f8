# A disk that is not what it was when the work was accepted is not published.
definition
disk one.raw 1 1M
accepted image-version create prod/ubuntu/1.0.0 --os-disk one.raw
patch one.raw 5000 changed
sig image-version wait prod/ubuntu/1.0.0 --created
echo "status $?"
sig image-version show prod/ubuntu/1.0.0 --query '[provisioningState, replicationStatus.details]' -o tsv
sig image-version wait prod/ubuntu/1.0.0 --created
echo "status $?"
sig image-version wait prod/ubuntu/1.0.0 --exists
echo "status $?"
sig image-version export prod/ubuntu/1.0.0 back.raw
echo "status $?"
sig replicate
echo "status $?"
sig replicate prod/ubuntu/1.0.0
echo "status $?"
# A create begins anew.
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw --query provisioningState -o tsv
ls store/work
