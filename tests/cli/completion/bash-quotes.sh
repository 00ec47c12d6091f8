need_command bash
sig completion bash >script
sig gallery create prod -g 'team(1)' >/dev/null
bash --norc -c '. ./script; compopt() { :; }
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sig; echo "$*: ${COMPREPLY[*]}"; }
try sig gallery list -g t'
