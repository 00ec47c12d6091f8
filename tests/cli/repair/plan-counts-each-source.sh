# What a plan says is what is written then, for disks of several sources, some of which share blobs.
definition && disk one.raw 1 600K && disk two.raw 2 300K && cp one.raw three.raw && patch three.raw 300000 new
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw --target-regions westus2 eastus >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk three.raw --target-regions westus2 eastus >/dev/null
sig gallery create far --location westeurope --compression zlib -o none
sig image-definition create far/ubuntu --publisher p --offer o --sku s --os-type Linux -o none
sig image-version create far/ubuntu/1.0.0 --os-disk two.raw --target-regions westeurope eastus >/dev/null
planned() {
    sig repair --plan --query bytesWritten 2>/dev/null >planned
    sig repair --query bytesWritten >written
    cat planned written
}
rm -r store/regions/eastus
planned
sig image-version create far/ubuntu/2.0.0 --os-disk one.raw --target-regions westeurope >/dev/null
# Every block of the first disk is in another blob in another region; what then serves for the third one is not counted out.
for region in westus2 eastus; do patch "$(ls -S store/regions/$region/standard_lrs/1/blobs/* | head -n 1)" 5000 rot; done
planned >both
[ "$(sed -n 1p both)" -ge "$(sed -n 2p both)" ] && echo "at most as many"
sig audit -o tsv
