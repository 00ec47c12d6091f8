# A policy that does not say what is to go, and words that cannot be read.
definition
for words in '' --plan '--unless-tag keep' '--allow-empty --past-end-of-life false' '--keep-latest 0' '--keep-minor x' '--older-than 30' \
    '--older-than 0d' '--older-than 1m' '--free much' '--free 0' '--unless-tag a=1 A=2' 'prod/ubuntu/1.0.0 --keep-latest 1' \
    'prod/debian --keep-latest 1' 'web --keep-latest 1' '--prices x --keep-latest 1'; do
    # shellcheck disable=SC2086
    sig prune $words
    echo "$words: $?"
done
sig prune --keep-latest 1 -o tsv
rm -r store
sig prune --keep-latest 1
echo $?
sig prune --keep-latest 1 --plan -o tsv
