# Killed in the midst of it, with blobs written or the version committed: it is taken up, and not begun anew when it stands.
definition
disk one.raw 1 1M
accepted image-version create prod/ubuntu/1.0.0 --os-disk one.raw --target-regions westus2 eastus
walk '[ -e store/galleries/prod/images/ubuntu/versions/1.0.0 ]' replicate prod
kill -KILL "$walker"
wait "$walker" 2>/dev/null
sig image-version show prod/ubuntu/1.0.0 --query provisioningState -o tsv
rm one.raw
sig image-version wait prod/ubuntu/1.0.0 --created
sig image-version wait prod/ubuntu/1.0.0 --replicated
disk one.raw 1 1M
sig image-version export prod/ubuntu/1.0.0 - --region eastus | cmp - one.raw
