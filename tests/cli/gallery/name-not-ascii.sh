sig gallery create münchen
