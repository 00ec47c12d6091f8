definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
for verb in show delete 'update --exclude-from-latest true' latest; do
    # shellcheck disable=SC2086
    sig image-version ${verb%% *} prod/ubuntu/next $([ "$verb" = "${verb#* }" ] || echo "${verb#* }")
    echo $?
done
sig image-version create prod/ubuntu/next
echo $?
sig image-version create prod/nothing/next --os-disk os.raw
echo $?
sig image-version list prod/ubuntu --query '[].name' -o tsv
