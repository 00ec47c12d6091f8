sig help gallery
