# What a list prints is what is taken: the id among what was soft-deleted names the version.
keeping
sig image-version delete prod/ubuntu/1.0.0
sig image-version list-soft-deleted prod/ubuntu | sig image-version purge --ids @-
sig image-version list-soft-deleted --query 'length(@)'
