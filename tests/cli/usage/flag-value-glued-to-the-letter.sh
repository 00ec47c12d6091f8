sig gallery create prod -gimages -otable
