# Each condition on each noun: nothing is printed when it holds, status 9 when it does not in time.
definition
disk one.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw >/dev/null
for what in 'gallery wait prod' 'image-definition wait prod/ubuntu' 'image-version wait prod/ubuntu/1.0.0'; do
    echo "== $what"
    for condition in --created --updated --exists "--custom name!=\`x\`" --deleted "--custom name==\`x\`"; do
        # shellcheck disable=SC2086
        sig $what $condition --timeout 0 2>&1
        echo "$condition: $?"
    done
done
