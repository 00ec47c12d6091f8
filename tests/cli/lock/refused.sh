# Nothing is written for what is wrong.
sig lock create --name a --lock-type ReadOnly
sig lock list
sig lock delete --name a
definition
sig lock create prod --name a
sig lock create prod --lock-type ReadOnly
sig lock create prod --name a --lock-type Write
sig lock create prod --name 'a b' --lock-type ReadOnly
sig lock create prod --name '' --lock-type ReadOnly
sig lock create nowhere --name a --lock-type ReadOnly
sig lock create prod/ubuntu/1.0.0 --name a --lock-type ReadOnly
sig lock create -g default --name a --lock-type ReadOnly
sig lock delete -g default --name a
sig lock list -g default
sig lock list prod/nowhere
ls store | tr '\n' ' '
