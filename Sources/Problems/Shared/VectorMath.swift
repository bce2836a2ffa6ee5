import CSimd
import Inner

// Elementary functions, eight lanes at once, within a few units in the last place. Additions and multiplications in a
// fixed order only, so that the numbers are the same at every vector width.

/// exp(x) = 2^k exp(r),  k = round(x / log 2),  |r| <= log(2) / 2: Taylor's series to r^13.
///
/// Below -708 it is exp(-708), above 709 exp(709): about 3e-308 and 8e307.
@inline(__always)
package func exponential(_ x: Lanes) -> Lanes {
    let x = knee_max(knee_min(x, knee_splat(709)), knee_splat(-708))
    let k = nearestWhole(knee_mul(x, knee_splat(0x1.71547652b82fep+0)))
    let r = knee_sub(
        knee_sub(x, knee_mul(k, knee_splat(0x1.62e42fee00000p-1))), knee_mul(k, knee_splat(0x1.a39ef35793c76p-33)))
    var series = knee_splat(1.6059043836821613e-10)
    series = knee_add(knee_mul(series, r), knee_splat(2.08767569878681e-09))
    series = knee_add(knee_mul(series, r), knee_splat(2.505210838544172e-08))
    series = knee_add(knee_mul(series, r), knee_splat(2.755731922398589e-07))
    series = knee_add(knee_mul(series, r), knee_splat(2.7557319223985893e-06))
    series = knee_add(knee_mul(series, r), knee_splat(2.48015873015873e-05))
    series = knee_add(knee_mul(series, r), knee_splat(0.0001984126984126984))
    series = knee_add(knee_mul(series, r), knee_splat(0.001388888888888889))
    series = knee_add(knee_mul(series, r), knee_splat(0.008333333333333333))
    series = knee_add(knee_mul(series, r), knee_splat(0.041666666666666664))
    series = knee_add(knee_mul(series, r), knee_splat(0.16666666666666666))
    series = knee_add(knee_mul(series, r), knee_splat(0.5))
    series = knee_add(knee_mul(series, r), knee_splat(1))
    series = knee_add(knee_mul(series, r), knee_splat(1))
    return knee_mul(series, knee_power_of_two(k))
}

/// log(x) = e log 2 + 2 atanh(s),  x = 2^e m,  s = (m - 1) / (m + 1),  1/sqrt 2 < m < sqrt 2: the series to s^19.
///
/// For normal x > 0; of 0 and of subnormal numbers it is about -709.
@inline(__always)
package func logarithm(_ x: Lanes) -> Lanes {
    let one = knee_splat(1)
    let isLarge = knee_less(knee_splat(0x1.6a09e667f3bcdp+0), knee_mantissa(x))
    let m = knee_mul(knee_mantissa(x), knee_select(isLarge, knee_splat(0.5), one))
    let e = knee_add(knee_exponent(x), knee_select(isLarge, one, knee_splat(0)))
    let s = knee_div(knee_sub(m, one), knee_add(m, one))
    let square = knee_mul(s, s)
    var series = knee_splat(2.0 / 19)
    series = knee_add(knee_mul(series, square), knee_splat(2.0 / 17))
    series = knee_add(knee_mul(series, square), knee_splat(2.0 / 15))
    series = knee_add(knee_mul(series, square), knee_splat(2.0 / 13))
    series = knee_add(knee_mul(series, square), knee_splat(2.0 / 11))
    series = knee_add(knee_mul(series, square), knee_splat(2.0 / 9))
    series = knee_add(knee_mul(series, square), knee_splat(2.0 / 7))
    series = knee_add(knee_mul(series, square), knee_splat(2.0 / 5))
    series = knee_add(knee_mul(series, square), knee_splat(2.0 / 3))
    series = knee_mul(series, knee_mul(square, s))
    let low = knee_add(series, knee_mul(e, knee_splat(0x1.a39ef35793c76p-33)))
    return knee_add(knee_mul(e, knee_splat(0x1.62e42fee00000p-1)), knee_add(knee_add(s, s), low))
}

/// sin(x) = (-1)^k sin(x - k pi),  k = round(x / pi).
///
/// Accurate while |x| < 2^26 pi; beyond, what rounding leaves of x decides, but never outside -1 ... 1.
@inline(__always)
package func sine(_ x: Lanes) -> Lanes {
    let k = nearestWhole(knee_mul(x, knee_splat(0x1.45f306dc9c883p-2)))
    return knee_negate_if_odd(k, sineOfRemainder(x, multiples: k))
}

/// cos(x) = (-1)^j sin(x - (j - 1/2) pi),  j = round(x / pi + 1/2). Accurate as `sine`.
@inline(__always)
package func cosine(_ x: Lanes) -> Lanes {
    let half = knee_splat(0.5)
    let j = nearestWhole(knee_add(knee_mul(x, knee_splat(0x1.45f306dc9c883p-2)), half))
    return knee_negate_if_odd(j, sineOfRemainder(x, multiples: knee_sub(j, half)))
}

/// sin(x - k pi) for |x - k pi| <= pi / 2: pi in three parts, of which the first two give exact products; Taylor's
/// series to r^21.
@inline(__always)
private func sineOfRemainder(_ x: Lanes, multiples k: Lanes) -> Lanes {
    var r = knee_sub(x, knee_mul(k, knee_splat(0x1.921fb54000000p+1)))
    r = knee_sub(r, knee_mul(k, knee_splat(0x1.10b4610000000p-29)))
    r = knee_sub(r, knee_mul(k, knee_splat(0x1.a62633145c06ep-57)))
    r = knee_max(knee_min(r, knee_splat(1.5707963267948966)), knee_splat(-1.5707963267948966))
    let square = knee_mul(r, r)
    var series = knee_splat(1.9572941063391263e-20)
    series = knee_add(knee_mul(series, square), knee_splat(-8.22063524662433e-18))
    series = knee_add(knee_mul(series, square), knee_splat(2.8114572543455206e-15))
    series = knee_add(knee_mul(series, square), knee_splat(-7.647163731819816e-13))
    series = knee_add(knee_mul(series, square), knee_splat(1.6059043836821613e-10))
    series = knee_add(knee_mul(series, square), knee_splat(-2.505210838544172e-08))
    series = knee_add(knee_mul(series, square), knee_splat(2.7557319223985893e-06))
    series = knee_add(knee_mul(series, square), knee_splat(-0.0001984126984126984))
    series = knee_add(knee_mul(series, square), knee_splat(0.008333333333333333))
    series = knee_add(knee_mul(series, square), knee_splat(-0.16666666666666666))
    return knee_add(r, knee_mul(knee_mul(series, square), r))
}

/// 1 - cos(2 pi z) = 2 sin^2(pi r),  r = z - round(z): eight lanes at once, exactly 0 at whole numbers and never
/// negative.
///
/// The sine is r times the polynomial of 8 terms in r^2 whose largest relative error on |r| <= 1/2 is least, 1.4e-16
/// (found by Remez' exchange). Holds for |z| < 2^51.
@inline(__always)
package func oneMinusCosine(turns z: Lanes) -> Lanes {
    let r = knee_sub(z, nearestWhole(z))
    let square = knee_mul(r, r)
    var series = knee_splat(-2.1122954884553354e-05)
    series = knee_add(knee_mul(series, square), knee_splat(0.0004659776189185479))
    series = knee_add(knee_mul(series, square), knee_splat(-0.007370361072429829))
    series = knee_add(knee_mul(series, square), knee_splat(0.08214587825670092))
    series = knee_add(knee_mul(series, square), knee_splat(-0.5992645287757253))
    series = knee_add(knee_mul(series, square), knee_splat(2.550164039859777))
    series = knee_add(knee_mul(series, square), knee_splat(-5.167712780049753))
    series = knee_add(knee_mul(series, square), knee_splat(3.1415926535897927))
    let sine = knee_mul(series, r)
    return knee_mul(knee_splat(2), knee_mul(sine, sine))
}

/// The nearest whole number, by letting the sum with 1.5 * 2^52 round; for |x| < 2^51.
@inline(__always)
func nearestWhole(_ x: Lanes) -> Lanes {
    let toWhole = knee_splat(0x1.8p52)
    return knee_sub(knee_add(x, toWhole), toWhole)
}
