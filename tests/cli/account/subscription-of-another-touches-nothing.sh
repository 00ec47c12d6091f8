sig create prod >/dev/null
for command in "list" "delete prod" "image-version list prod/ubuntu" "image-version delete prod/ubuntu/1.0.0" "sweep" "region list" "create stage"; do
    sig $command --subscription other
    echo "status $?"
done
sig list -o table
