need_command bash
sig completion bash >script
bash --norc -c '. ./script; compopt() { :; }
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sig; echo "$*: ${COMPREPLY[*]}"; }
try sig gallery ""
try sig cr
try sig help imag
try sig completion ""'
