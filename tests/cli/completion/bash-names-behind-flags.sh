need_command bash
sig completion bash >script
named_store
bash --norc -c '. ./script; compopt() { :; }
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sig; echo "$*: ${COMPREPLY[*]}"; }
try sig image-version show -r ""
try sig image-version show -r prod -i ""
try sig image-version show --gallery-name = prod -i ubuntu -e 1
try sig image-version show -i ""
try sig gallery show -g ""
try sig gallery show --resource-group = t
try sig --store elsewhere gallery show ""
try sig image-version show -r .. -i ""'
