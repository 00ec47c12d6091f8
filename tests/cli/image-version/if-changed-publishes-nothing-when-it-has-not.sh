definition
disk os.raw 1 64K
disk data.raw 2 64K
publish() {
    sig image-version create prod/ubuntu/next --if-changed --query name -o tsv "$@"
    echo "status $?"
}
publish --os-disk os.raw
find store -type f -printf '%P %i %T@\n' | sort >before
publish --os-disk os.raw --tags ignored=true
find store -type f -printf '%P %i %T@\n' | sort >after
diff before after
publish --os-disk os.raw --data-disk 0=data.raw
publish --os-disk os.raw --data-disk 0=data.raw
publish --os-disk os.raw --data-disk 1=data.raw
publish --os-disk os.raw
cat os.raw | publish --os-disk -
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw --if-changed --query name -o tsv
sig image-version create prod/ubuntu/1.0.3 --os-disk os.raw --if-changed --query name -o tsv
sig image-version create prod/ubuntu/1.0.3 --os-disk data.raw --if-changed
sig image-version list prod/ubuntu --query '[].[name, tags]' -o json
