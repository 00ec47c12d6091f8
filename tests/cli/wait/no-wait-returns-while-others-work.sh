# The command returns, and whoever reads its output sees the end of it, though the work cannot begin yet.
definition
disk one.raw 1 1M
held_back
got=$(timeout 20 sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw --no-wait 3>&1)
echo "status $?, printed '$got'"
sig image-version show prod/ubuntu/1.0.0 --query provisioningState -o tsv
sig image-version wait prod/ubuntu/1.0.0 --created --timeout 1
echo "status $?"
go_on
sig image-version wait prod/ubuntu/1.0.0 --created
sig image-version show prod/ubuntu/1.0.0 --query provisioningState -o tsv
