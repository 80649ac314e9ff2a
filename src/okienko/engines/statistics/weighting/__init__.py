"""Weights fitted to what is known of the population, and the errors that go with them.

base         base weights from the way of drawing
margins      what is known of the population; targets: the same as equations
distances    raking, linear, logit, with bounds; solving: Newton's method; reach: why it cannot be met
fitting      ``calibrate`` a cube, ``calibrated_weights`` of rows; diagnosis: what the fit did
calibration  what a weighted cube remembers, and the residuals behind its standard errors
"""
