definition
disk one.raw 1 64K
for version in 1.9.0 1.10.0 0.1.0; do sig image-version create prod/ubuntu/$version --os-disk one.raw >/dev/null; done
sig replicate prod -o table
