need_command zsh
named_store
sig completion zsh >script
zsh -n script || exit
zsh -f -c 'compdef() { :; }
compset() { print -r -- "compset $*"; }
_files() { print -r -- "files $*"; }
compadd() { print -r -- "compadd ${@[-1]}:"; eval "print -rl -- \"\${(@)shown_${@[-1]}}\""; }
. ./script
try() { words=("$@") CURRENT=$#; _sig; }
try sig gallery de
try sig image-version show Prod/
try sig image-version show prod/ubuntu/1.10.0 --output=t
try sig inspect ""'
