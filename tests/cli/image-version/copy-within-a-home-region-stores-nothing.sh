# Promoted from one gallery to another: what lies there is referred to.
definition dev/ubuntu
definition prod/ubuntu
disk os.raw 1 512K
disk data.raw 2 300K
disk logs.raw 3 64K
sig image-version create dev/ubuntu/1.0.0 --os-disk os.raw --data-disk 7=data.raw 2=logs.raw --tags built=today \
    --end-of-life-date 2027-01-01 --exclude-from-latest true >/dev/null
find store/regions -type f -path '*/blobs/*' -printf '%P %i %s\n' | sort >before
sig image-version create prod/ubuntu/2.0.0 --image-version dev/ubuntu/1.0.0
find store/regions -type f -path '*/blobs/*' -printf '%P %i %s\n' | sort >after
diff before after
sig image-version delete dev/ubuntu/1.0.0
sig sweep >/dev/null
for lun in '' 2 7; do
    sig image-version export prod/ubuntu/2.0.0 back$lun.raw ${lun:+--data-disk $lun} || exit
done
same os.raw back.raw && same logs.raw back2.raw && same data.raw back7.raw && sig audit --query sound
