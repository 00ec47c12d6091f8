definition
next() {
    sig image-version create "prod/ubuntu/$1" --os-disk os.raw --exclude-from-latest "${2:-false}" \
        --query name -o tsv
}
disk os.raw 1 1K
next next:minor
next next
disk os.raw 2 1K
next NEXT:patch
next next:minor true
next next
next next:major
next Next:Minor
sig image-version delete prod/ubuntu/2.1.0
next next
sig image-version list prod/ubuntu --query '[].name' -o tsv
