sig gallery create prod >/dev/null
sig gallery wait prod
echo "status $?"
sig image-version wait prod/ubuntu/1.0.0
echo "status $?"
sig gallery wait prod --custom 'name =='
echo "status $?"
sig gallery wait prod --created --timeout -1
echo "status $?"
sig gallery wait prod --created --interval 0
echo "status $?"
sig image-version wait prod/ubuntu/1.0.0 --created --region westus2
echo "status $?"
sig gallery wait prod --replicated
