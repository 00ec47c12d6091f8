definition dev/ubuntu
disk os.raw 1 512K
disk data.raw 2 64K
sig image-version create dev/ubuntu/1.0.0 --os-disk os.raw --data-disk 3=data.raw >/dev/null
mv store build
definition prod/ubuntu
find build -type f -printf '%P %i %s %T@\n' | sort >before
sig image-version create prod/ubuntu/next --image-version dev/ubuntu/latest --from-store build
sig image-version create prod/ubuntu/1.0.0 --image-version dev/ubuntu/1.x --from-store build --query name
id=$(sig --store build image-version show dev/ubuntu/1.0.0 --query id -o tsv)
sig image-version create prod/ubuntu/1.1.0 --image-version "$id" --from-store build --query name
find build -type f -printf '%P %i %s %T@\n' | sort >after
diff before after
sig image-version create prod/ubuntu/1.2.0 --image-version "$id"
echo $?
sig image-version export prod/ubuntu/1.0.0 back.raw && same os.raw back.raw
sig image-version export prod/ubuntu/1.0.0 back3.raw --data-disk 3 && same data.raw back3.raw
