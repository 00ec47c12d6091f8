definition
sig image-version delete prod/ubuntu/1.0.0
echo $?
sig image-version delete prod/nope/1.0.0
echo $?
sig image-version delete nope/ubuntu/1.0.0
echo $?
sig image-version delete prod/ubuntu/1.0
