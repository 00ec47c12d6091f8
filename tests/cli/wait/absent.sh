# What is not there is waited for, but not with --updated and --replicated: nobody makes it there.
definition
for condition in --created --exists "--custom name" --updated --replicated --deleted; do
    # shellcheck disable=SC2086
    sig image-version wait prod/ubuntu/1.0.0 $condition --timeout 0 2>&1
    echo "$condition: $?"
done
sig image-definition wait prod/debian --created --timeout 1
echo "$?"
