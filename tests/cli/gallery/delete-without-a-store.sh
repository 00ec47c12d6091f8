sig gallery delete prod
echo $?
sig image-version delete prod/ubuntu/1.0.0
