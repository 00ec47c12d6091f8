# What is too large to be published can be looked at.
definition
truncate -s 2049G os.raw
sig inspect os.raw --for prod/ubuntu
