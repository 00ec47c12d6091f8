need_command fish
sig gallery create Prod --location westus2 >/dev/null
sig gallery create stage -g team >/dev/null
sig image-definition create Prod/Ubuntu --publisher a --offer b --sku c --os-type Linux >/dev/null
disk os.raw 1 1M
sig image-version create Prod/Ubuntu/1.10.0 --os-disk os.raw --target-regions westus2 northeurope >/dev/null
sig image-version create Prod/Ubuntu/1.9.0 --os-disk os.raw >/dev/null
sig completion fish >script
fish --no-execute script || exit
HOME=$PWD fish --no-config -c 'source script
for line in "sig gallery de" "sig image-version show pr" "sig image-version show prod/ubuntu/" "sig region list --output=t" "sig inspect os" "sig gallery create -l westus"
    echo "$line:"
    complete -C $line
end'
