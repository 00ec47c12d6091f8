sig gallery create prod >/dev/null
sig image-definition create prod/ubuntu --os-type linux -p a -f b -s c >/dev/null
for change in '--os-type windows' '--os-state specialized' '--hyper-v-generation v1' '--architecture arm64' '--publisher x' \
    '--offer x' '--sku x' '--location westus2' '--plan-name x'; do
    sig image-definition create prod/ubuntu $change
done
