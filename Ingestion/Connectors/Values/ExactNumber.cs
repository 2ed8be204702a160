using System.Globalization;
using System.Numerics;

namespace Ingestion.Connectors.Values;

/// <summary>A decimal number of any length: <paramref name="Unscaled"/> divided by ten to the power of <paramref name="Scale"/>.</summary>
internal readonly record struct ExactNumber(BigInteger Unscaled, int Scale)
{
    public override string ToString()
    {
        var digits = BigInteger.Abs(Unscaled).ToString(CultureInfo.InvariantCulture);
        if (Scale > 0)
        {
            digits = digits.PadLeft(Scale + 1, '0');
            digits = $"{digits[..^Scale]}.{digits[^Scale..]}";
        }

        return Unscaled.Sign < 0 ? $"-{digits}" : digits;
    }
}
