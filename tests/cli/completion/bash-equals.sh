need_command bash
sig completion bash >script
bash --norc -c '. ./script; compopt() { :; }
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sig; echo "$*: ${COMPREPLY[*]}"; }
try sig region list --output =
try sig region list --output = t
try sig region list --out=t
try sig --output = tsv region l'
