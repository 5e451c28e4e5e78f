// Nothing at all.


