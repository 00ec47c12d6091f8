definition
sig replicate nope
echo $?
sig replicate prod/nope
echo $?
sig replicate prod/ubuntu/1.0.0
echo $?
sig replicate prod/ubuntu/latest
echo $?
sig replicate prod/ubuntu/1.0
