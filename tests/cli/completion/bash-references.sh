need_command bash
sig completion bash >script
named_store
bash --norc -c '. ./script; compopt() { :; }
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sig; echo "$*: ${COMPREPLY[*]}"; }
try sig gallery show ""
try sig gallery show pr
try sig image-version show PROD/
try sig image-version show prod/ubuntu/
try sig image-version delete prod/ubuntu/
try sig image-version show prod/ubuntu/1.9
try sig image-version show prod/ubuntu/1.9.0/
try sig image-version show other/
try sig image-version list prod
try sig replicate prod/u
try sig replicate prod other/debian prod/u
try sig show p
try sig image-version show ../'
