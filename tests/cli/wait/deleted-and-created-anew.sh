# Whoever works on what was deleted does not take the place of what is created in its stead.
definition
disk one.raw 1 1M
disk two.raw 2 1M
held_back
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw --no-wait
sig image-version delete prod/ubuntu/1.0.0
sig image-version create prod/ubuntu/1.0.0 --os-disk two.raw --no-wait
go_on
sig image-version wait prod/ubuntu/1.0.0 --created
workers_end
sig image-version export prod/ubuntu/1.0.0 - | cmp - two.raw
ls store/work
