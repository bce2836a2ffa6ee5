"""Writes Sources/Problems/Digits/DigitData.swift: the handwritten digits that scikit-learn ships.

    pip install scikit-learn==1.9.1
    python3 digits.py
"""
from pathlib import Path

from sklearn.datasets import load_digits

SYMBOLS = "0123456789abcdefg"
HEADER = '''\
extension Digit {
    /// The handwritten digits that scikit-learn ships: a line an image, its label first, then its pixels, row by row, written
    /// 0 ... 9 and a ... g for 10 ... 16. They are the test set of the UCI machine learning repository's, in its order.
    ///
    /// Made by Tests/ProblemsTests/Reference/digits.py. Text, because an array literal of this size compiles slowly.
    /// - SeeAlso: Alpaydin & Kaynak (1998), Optical Recognition of Handwritten Digits, doi:10.24432/C50P49, under the licence
    ///   Creative Commons Attribution 4.0 (CC BY 4.0)
    static let published = """
'''

digits = load_digits()
file = Path(__file__).resolve().parents[3] / "Sources/Problems/Digits/DigitData.swift"
with open(file, "w") as swift:
    swift.write(HEADER)
    for label, pixels in zip(digits.target, digits.data.astype(int)):
        swift.write(f"        {label} {''.join(SYMBOLS[pixel] for pixel in pixels)}\n")
    swift.write('        """\n}\n')
