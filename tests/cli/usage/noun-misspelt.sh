sig galery list
