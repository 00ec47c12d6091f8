# Lists go page by page, in the order of their names, and pass over what cannot be read.
self() { sig account show --query id -o tsv; }
for name in b a d c; do
    sig gallery create $name --permissions Groups -o none
    sig share add $name --subscription-ids "$(self)" -o none
    SIG_RANDOM=$name sig gallery create open$name --permissions Community --publisher-uri u --publisher-email m --eula e \
        --public-name-prefix "x1234$name" -o none
    SIG_RANDOM=$name sig share enable-community open$name -o none
done
cut() { sed "s/$(self)/SELF/g; s/-[0-9a-f-]*$//"; }
sig gallery list-shared --query '[].name' -o tsv | cut
sig gallery list-shared --max-items 2 --query '[].name' -o tsv | cut
sig gallery list-shared --max-items 2 --next-token "$(self)-B" --query '[].name' -o tsv | cut
sig gallery list-community --max-items 3 --query '[].name' -o tsv 2>err | cut
sig gallery list-community --marker "$(sig gallery list-community --query '[2].name' -o tsv)" --show-next-marker --query '[].name' -o tsv | cut
for name in one two three; do
    sig image-definition create a/$name --publisher a --offer b --sku $name --os-type Linux -o none
done
for verb in list-shared 'list-shared --max-items 1' 'list-shared --next-token one'; do
    # shellcheck disable=SC2086
    sig image-definition $verb --gallery-unique-name "$(self)-A" --query '[].name' -o tsv
done
sig image-version list-shared --gallery-unique-name "$(self)-A" -i one --next-token x
echo "status $?"
echo '{' >store/galleries/b/gallery.json
sig gallery list-shared --query '[].name' -o tsv | cut
public=$(sig gallery list-community --query '[0].name' -o tsv 2>/dev/null)
sig gallery show-community -n "$public" --query name -o tsv | cut
sig gallery show-community -n absent
echo "status $?"
