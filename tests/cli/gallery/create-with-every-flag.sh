sig gallery create -g images -r prod --location "West US 2" --description 'what we ship' --tags team=os stage --compression zlib \
    --system-assigned --user-assigned /subscriptions/s/id/one /subscriptions/s/id/two
