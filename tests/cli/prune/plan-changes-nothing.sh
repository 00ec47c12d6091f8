# --plan is for who may only read, too, and says what the command does then.
definition && disk os.raw 1 300K
for version in 1.0.0 1.1.0 1.2.0; do
    patch os.raw 5000 "$version" && sig image-version create prod/ubuntu/$version --os-disk os.raw -o none
done
cp -a store as-it-was
sig prune --keep-latest 1 --plan -o table
diff -r store as-it-was && echo unchanged
sig prune --keep-latest 1 --plan >plan.json && sig prune --keep-latest 1 -y >done.json && cmp plan.json done.json && cat done.json
# Once more there is nothing to do; what a sweep has still to free is not counted again.
sig prune --keep-latest 1 --query '[kept, dropped, bytesFreed]' -o tsv
