# What a definition has when nothing is said of it.
. "$ROOT/examples/az-shim"
az sig create -g rg -r gallery1 -l westus -o none
say='[architecture, hyperVGeneration, join(`,`, not_null(features, `[]`)[].join(`=`, [name, value]))]'
az sig image-definition create -g rg -r gallery1 -i image1 --os-type linux -p p -f o -s s1 --query "$say" -o tsv
az sig image-definition create -g rg -r gallery1 -i image2 --os-type linux -p p -f o -s s2 --architecture x64 \
    --features "IsAcceleratedNetworkSupported=true" --query "$say" -o tsv
az sig image-definition create -g rg -r gallery1 -i image3 --os-type linux -p p -f o -s s3 --hyper-v-generation V1 --query "$say" -o tsv
az sig image-definition create -g rg -r gallery1 -i image4 --os-type linux -p p -f o -s s4 --architecture arm64 --query architecture -o tsv
az sig image-definition show -g rg -r gallery1 -i image3 --query features
