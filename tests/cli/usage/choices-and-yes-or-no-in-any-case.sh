definition
disk os.raw 1 1M
for word in true TRUE T yes Y 1 false f No n 0; do
    sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --exclude-from-latest $word --query publishingProfile.excludeFromLatest
done 2>/dev/null
sig image-version update prod/ubuntu/1.0.0 --exclude-from-latest --query publishingProfile.excludeFromLatest
sig image-definition create prod/debian -p a -f b -s c --os-type LINUX --os-state SPECIALIZED --hyper-v-generation v1 --architecture X64 \
    --query "[osType, osState, hyperVGeneration, architecture]" -o TSV
sig image-version update prod/ubuntu/1.0.0 --exclude-from-latest maybe
