sig gallery create -g images -r prod --location "West US 2" --description 'what we ship' --tags team=os stage --compression zlib
