need_command bash
sig completion bash >script
sig gallery create Prod --location westus2 >/dev/null
sig image-definition create Prod/Ubuntu --publisher a --offer b --sku c --os-type Linux >/dev/null
disk os.raw 1 1M
sig image-version create Prod/Ubuntu/1.0.0 --os-disk os.raw >/dev/null
bash --norc -c '. ./script; compopt() { :; }
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sig; echo "$*: ${COMPREPLY[*]}"; }
try sig inspect os.raw --for p
try sig inspect os.raw --for prod/
try sig image-version create stage/ubuntu/1.0.0 --image-version prod/
try sig image-version create stage/ubuntu/1.0.0 --image-version = prod/ubuntu/'
