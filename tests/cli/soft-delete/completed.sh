# What can be brought back is what can be named there.
need_command bash
sig completion bash >script
keeping
for version in 1.9.0 1.10.0 2.0.0; do
    sig image-version create prod/ubuntu/$version --os-disk os.raw -o none
done
for version in 1.9.0 1.10.0; do
    sig image-version delete prod/ubuntu/$version
done
bash --norc -c '. ./script; compopt() { :; }
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sig; echo "$*: ${COMPREPLY[*]}"; }
try sig image-version show prod/ubuntu/
try sig image-version undelete prod/ubuntu/
try sig image-version purge prod/ubuntu/1.1
try sig image-version un
try sig gallery update prod --soft-delete-'
