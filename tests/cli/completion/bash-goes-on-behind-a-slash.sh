need_command bash
sig completion bash >script
sig gallery create prod >/dev/null
sig image-definition create prod/ubuntu --publisher a --offer b --sku c --os-type Linux >/dev/null
bash --norc -c '. ./script; compopt() { [ "$2" != nospace ] || echo no space; }
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sig; echo "$*: ${COMPREPLY[*]}"; }
try sig image-definition show p
try sig image-definition show prod/u
try sig replicate p'
