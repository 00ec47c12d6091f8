# What the Azure CLI takes and loses is kept.
. "$ROOT/examples/az-shim"
az sig create -g rg -r gallery1 -l westus -o none
az sig image-definition create -g rg -r gallery1 -i image1 --os-type linux -p p -f o -s s --description "What it is" \
    --privacy-statement-uri https://example.com/privacy --release-note-uri https://example.com/notes --eula https://example.com/eula \
    --plan-name plan --plan-product product --plan-publisher publisher --minimum-cpu-core 2 --maximum-cpu-core 8 --minimum-memory 4 \
    --maximum-memory 32 --disallowed-disk-types Standard_LRS UltraSSD_LRS --end-of-life-date 2027-03-01T10:00:00Z --tags a=1 b
az sig image-definition update -g rg -r gallery1 -i image1 --set description="What it was" tags.c=3 --remove tags.a \
    --query '[description, tags]'
az sig image-definition create -g rg -r gallery1 -i image2 --os-type linux -p p -f o -s s2 --minimum-cpu-core 9 --maximum-cpu-core 8
az sig image-definition create -g rg -r gallery1 -i image2 --os-type linux -p p -f o -s s2 --plan-name plan
az sig image-definition create -g rg -r gallery1 -i image2 --os-type linux -p P -f O -s S
az sig image-definition create -g rg -r gallery1 -i .image2 --os-type linux -p p -f o -s s2
