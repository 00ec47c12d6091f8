definition
disk os.raw 1 1K
for name in 1 1.0 1.0.0.0 01.0.0 1.0.00 -1.0.0 1.0.2147483648 1.0.x 1..0 '1.0.0 ' latest; do
    sig image-version create "prod/ubuntu/$name" --os-disk os.raw
    echo $?
done
sig image-version list prod/ubuntu
