need_command fish
named_store
sig completion fish >script
fish --no-execute script || exit
HOME=$PWD fish --no-config -c 'source script
for line in "sig gallery de" "sig image-version show pr" "sig image-version show prod/ubuntu/" "sig region list --output=t" "sig inspect os" "sig gallery create -l westus"
    echo "$line:"
    complete -C $line
end'
