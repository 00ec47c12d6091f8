sig gallery create ..
