# What every change reads stays small, and can be read.
sig gallery create prod >/dev/null
sig lock create prod --name first --lock-type CanNotDelete -o none
{
    sed '/checksum/d; /^  \]/,$d' store/locks.json
    for n in $(seq 998); do printf ',{"name": "n%s", "level": "CanNotDelete", "scope": "prod", "notes": "%0512d"}' "$n" 0; done
    echo ']}'
} >locks.json && mv locks.json store/locks.json
sig lock list --query 'length(@)'
sig lock create prod --name last --lock-type CanNotDelete -o none
sig lock create prod --name more --lock-type CanNotDelete
sig lock create prod --name last --lock-type ReadOnly --query level
sig lock list --query 'length(@)'
sig lock delete prod --name n5 && sig lock create prod --name more --lock-type CanNotDelete --query name
