# What can be written from front to back goes to a pipe, and is the same file; compressed qcow2 cannot.
try_disk
for format in vhdx qcow2 vmdk 'vmdk --compress'; do
    # shellcheck disable=SC2086
    sig image-version export prod/ubuntu/1.0.0 out --format $format --force
    # shellcheck disable=SC2086
    sig image-version export prod/ubuntu/1.0.0 - --format $format | cmp - out && echo "$format: the same"
done
sig image-version export prod/ubuntu/1.0.0 - --format qcow2 --compress | wc -c
