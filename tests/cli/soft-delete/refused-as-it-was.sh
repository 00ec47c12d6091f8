# One that may not come back stays as it was deleted: what was asked to be changed with it is not changed.
exec 2>&1
keeping
sig image-version update prod/ubuntu/1.0.0 --tags a=1 -o none
sig image-version delete prod/ubuntu/1.0.0
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw -o none
cp -a store/trash before
sig store update --limit GalleryImageVersion=1 -o none
sig image-version undelete prod/ubuntu/1.0.0 --tags b=2
echo "status $?"
diff -r before store/trash
# Nor is what cannot be changed at all a reason to change the rest.
sig image-version undelete prod/ubuntu/1.0.0 --tags b=2 --location northeurope
echo "status $?"
diff -r before store/trash
sig store update --limit GalleryImageVersion=10 -o none
sig image-version undelete prod/ubuntu/1.0.0 --query tags
