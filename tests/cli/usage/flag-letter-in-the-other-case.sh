sig gallery list -O json
sig gallery create -R prod
