definition
disk os.raw 1 3M && disk data.raw 2 1M && gzip -n -c os.raw >os.gz
sum() { "$1"sum "$2" | cut -d ' ' -f 1; }
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --expect "sha256:$(sum sha256 os.raw)" >/dev/null; echo $?
sig image-version create prod/ubuntu/1.1.0 --os-disk os.gz --expect "sha512:$(sum sha512 os.gz)" >/dev/null; echo $?
cat os.gz | sig image-version create prod/ubuntu/1.2.0 --os-disk - --expect "sha256:$(sum sha256 os.gz | tr a-f A-F)" >/dev/null; echo $?
sig image-version create prod/ubuntu/1.3.0 --os-disk os.gz --data-disk 4=data.raw --expect "4=sha512:$(sum sha512 data.raw)" >/dev/null; echo $?
other=$(sum sha256 data.raw)
for file in os.raw os.gz -; do
    sig image-version create prod/ubuntu/2.0.0 --os-disk $file --expect "sha256:$other" <os.gz; echo $?
    cat os.gz | sig image-version create prod/ubuntu/2.0.0 --os-disk $file --expect "sha256:$other"; echo $?
done
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw --data-disk 0=data.raw --expect "0=sha256:$(sum sha256 os.raw)"; echo $?
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw --expect "0=sha256:$other"; echo $?
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw --expect "sha256:${other%?}"; echo $?
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw --expect "$other"; echo $?
sig image-version list prod/ubuntu -o tsv | wc -l
