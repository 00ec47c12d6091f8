sig definition list prod
sig version list prod/ubuntu
sig image create prod/ubuntu
sig Images list
sig imageversion list prod/ubuntu
