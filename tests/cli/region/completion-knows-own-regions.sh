# By their names; where something is read only those that the store has.
need_command bash
sig completion bash >script
sig region create rack --display-name 'Rack 7' -o none
bash --norc -c '. ./script; compopt() { :; }
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sig; echo "$*: ${COMPREPLY[*]}"; }
try sig gallery create x --location ra
try sig image-version export x/y/1.0.0 --region ""
try sig region show ra'
