# What is deleted while it is being created never comes to be.
definition
disk one.raw 1 1M
accepted image-version create prod/ubuntu/1.0.0 --os-disk one.raw
sig image-version delete prod/ubuntu/1.0.0
sig image-version list prod/ubuntu
sig replicate
held_back
sig image-version create prod/ubuntu/1.1.0 --os-disk one.raw --no-wait
sig image-version delete prod/ubuntu/1.1.0
sig image-version wait prod/ubuntu/1.1.0 --deleted --timeout 0
go_on
workers_end
sig image-version list prod/ubuntu
ls store/work
sig sweep --force >/dev/null
sig audit >/dev/null
