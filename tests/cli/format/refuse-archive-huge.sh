# A member that is said to have 8 GiB, in an archive of 10 KiB.
definition
printf x >disk.raw && tar -cf os.tar disk.raw && patch os.tar 124 77777777777
sum=$(head -c 512 os.tar | od -An -v -tu1 | tr -s ' ' '\n' |
    awk 'NF { s += n >= 148 && n < 156 ? 32 : $1; n++ } END { printf "%06o", s }')
patch os.tar 148 "$sum"
refused os.tar
cat os.tar | refused -
gzip -c os.tar | refused -
