need_command bash
sig completion bash >script
named_store
sig --store other gallery create elsewhere >/dev/null
bash --norc -c '. ./script; compopt() { :; }
COMP_WORDS=(sig --store other gallery show ""); COMP_CWORD=5; _sig; echo "${COMPREPLY[@]}"'
