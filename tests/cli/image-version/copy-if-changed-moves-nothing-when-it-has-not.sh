# Not even to the home region that a new version would have.
definition dev/ubuntu
definition prod/ubuntu
disk os.raw 1 256K
sig image-version create dev/ubuntu/1.0.0 --os-disk os.raw >/dev/null
for i in 1 2 3 4 5 6; do
    sig image-version create prod/ubuntu/next --image-version dev/ubuntu/latest --if-changed --query name -o tsv >>names 2>>notes &
done
wait
sort names
sort notes
find store -type f -printf '%P %i %T@\n' | sort >before
sig image-version create prod/ubuntu/next --image-version dev/ubuntu/latest --if-changed --location westeurope --query name
find store -type f -printf '%P %i %T@\n' | sort >after
diff before after
