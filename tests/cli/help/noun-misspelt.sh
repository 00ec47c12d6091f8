sig help galery
