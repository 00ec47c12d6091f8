need_command bash
sig completion bash >script
named_store
bash --norc -c '. ./script; compopt() { :; }
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sig; echo "$*: ${COMPREPLY[*]}"; }
try sig image-version show prod/ubuntu/latest --region ""
try sig gallery create other -l WESTUS
try sig image-version create prod/ubuntu/2.0.0 --target-regions northeurope westus'
