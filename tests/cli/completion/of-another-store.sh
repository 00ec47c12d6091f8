need_command bash
sig completion bash >script
sig gallery create Prod --location westus2 >/dev/null
sig gallery create stage -g team >/dev/null
sig image-definition create Prod/Ubuntu --publisher a --offer b --sku c --os-type Linux >/dev/null
disk os.raw 1 1M
sig image-version create Prod/Ubuntu/1.10.0 --os-disk os.raw --target-regions westus2 northeurope >/dev/null
sig image-version create Prod/Ubuntu/1.9.0 --os-disk os.raw >/dev/null
sig --store other gallery create elsewhere >/dev/null
bash --norc -c '. ./script; compopt() { :; }
COMP_WORDS=(sig --store other gallery show ""); COMP_CWORD=5; _sig; echo "${COMPREPLY[@]}"'
