definition
sig image-version show prod/ubuntu/1.0.0
echo $?
sig image-version show prod/ubuntu
echo $?
sig image-version show prod/nope/latest
