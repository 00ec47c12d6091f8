need_command bash
sig completion bash >script
sig gallery create Prod --location westus2 >/dev/null
sig gallery create stage -g team >/dev/null
sig image-definition create Prod/Ubuntu --publisher a --offer b --sku c --os-type Linux >/dev/null
disk os.raw 1 1M
sig image-version create Prod/Ubuntu/1.10.0 --os-disk os.raw --target-regions westus2 northeurope >/dev/null
sig image-version create Prod/Ubuntu/1.9.0 --os-disk os.raw >/dev/null
bash --norc -c '. ./script; compopt() { :; }
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sig; echo "$*: ${COMPREPLY[*]}"; }
try sig gallery show ""
try sig gallery show pr
try sig image-version show PROD/
try sig image-version show prod/ubuntu/
try sig image-version delete prod/ubuntu/
try sig image-version show prod/ubuntu/1.9
try sig image-version show prod/ubuntu/1.9.0/
try sig image-version show other/
try sig image-version list prod
try sig replicate prod/u
try sig show p
try sig image-version show ../'
