# How badly a peak fits the data: the sum of squared residuals of b1 / b2 exp(-((x - b3) / b2)^2 / 2).
#
#     awk -v b1=1.55 -v b2=4.09 -v b3=451.5 -f peak.awk transmittance.dat
!/^#/ { sum += ($2 - b1 / b2 * exp(-(($1 - b3) / b2) ^ 2 / 2)) ^ 2 }
# More digits would be noise: the best parameters are known to about 1 %.
END { printf "%.6f\n", sum }
