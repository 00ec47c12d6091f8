sig CREATE prod >/dev/null
sig List -o table
sig IMAGE-VERSION List prod/ubuntu
