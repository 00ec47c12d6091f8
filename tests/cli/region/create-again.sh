# The same again is nothing new; what is given is set, but for the directory and the cloud.
sig region create rack --path rack -o none
sig region create rack --path rack -o none
sig region create rack --capacity 1G --query capacity
sig region create rack --path other
echo $?
sig region create rack --cloud AzureCloud
echo $?
[ ! -e other ] && sig audit --query sound
