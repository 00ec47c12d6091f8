for flag in --os-type --os-state --hyper-v-generation --architecture --publisher --offer --sku --location --plan-name; do
    sig image-definition update prod/a $flag x
done
