sig gallery frobnicate
