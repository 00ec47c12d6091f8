need_command bash
sig completion bash >script
bash --norc -c '. ./script; compopt() { :; }
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sig; echo "$*: ${COMPREPLY[*]}"; }
try sig nothing ""
try sig gallery nothing ""
try sig gallery list --nothing ""
try sig gallery list -- --'
