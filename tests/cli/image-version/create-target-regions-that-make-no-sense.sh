definition
disk os.raw 1 1K
for target in westus2= =2 westus2=x westus2=x=Standard_LRS westus2=1= westus2=1=Fast westus2=1=Standard_LRS=2 westus2=1.5 ''; do
    sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions "$target"
    echo $?
done
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions
