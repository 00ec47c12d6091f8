sig gallery create prod/ubuntu
