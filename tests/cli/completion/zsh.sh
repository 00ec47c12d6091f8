need_command zsh
sig gallery create Prod --location westus2 >/dev/null
sig gallery create stage -g team >/dev/null
sig image-definition create Prod/Ubuntu --publisher a --offer b --sku c --os-type Linux >/dev/null
disk os.raw 1 1M
sig image-version create Prod/Ubuntu/1.10.0 --os-disk os.raw --target-regions westus2 northeurope >/dev/null
sig image-version create Prod/Ubuntu/1.9.0 --os-disk os.raw >/dev/null
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
