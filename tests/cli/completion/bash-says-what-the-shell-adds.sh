need_command bash
sig completion bash >script
bash --norc -c '. ./script; compopt() { echo "$@"; }
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sig; echo "$*: ${COMPREPLY[*]}"; }
try sig inspect ""
try sig --store ""
try sig gallery show --query ""
try sig image-version create prod/ubuntu/1.0.0 --data-disk 0 = da'
