"""Asking people for weights, through three doors: an order, swing points, or pair by pair.

`draft` keeps answers and stores them, `order_and_points` is the component that takes an order or points, `pairs` asks
one comparison at a time, `table` is the experts' matrix, `weights_so_far` shows what the answers mean.
"""
