using System.Globalization;
using System.Text.RegularExpressions;

namespace Models.Project.Seeds;

/// <summary>
/// Computes how a column of limited precision silently changes a number: real and double precision store the nearest binary fraction, numeric with a
/// scale rounds. Source: PostgreSQL documentation, 8.1.
/// </summary>
internal sealed partial class StoredNumber
{
    private readonly int? _scale;
    private readonly bool _isSingle;

    private StoredNumber(string type, bool isSingle, int? scale)
    {
        Type = type;
        _isSingle = isSingle;
        _scale = scale;
    }

    /// <summary>The type's name in messages.</summary>
    public string Type { get; }

    /// <summary>Returns null for a type that stores every number exactly.</summary>
    public static StoredNumber? Of(string type)
    {
        var name = type.Trim().ToLowerInvariant();
        if (name is "real" or "float4")
            return new StoredNumber(name, isSingle: true, scale: null);
        if (name is "double precision" or "float8" or "float")
            return new StoredNumber(name, isSingle: false, scale: null);
        if (BinaryFloat().Match(name) is { Success: true } binary)
            return new StoredNumber(name, int.Parse(binary.Groups["bits"].Value, CultureInfo.InvariantCulture) <= 24, scale: null);

        return Numeric().Match(name) is { Success: true } match
            ? new StoredNumber(
                name, isSingle: false, match.Groups["scale"] is { Success: true } scale ? int.Parse(scale.Value, CultureInfo.InvariantCulture) : 0)
            : null;
    }

    /// <summary>Returns the stored number if it differs from the written one; null if it is exact, or if the server rejects it.</summary>
    public string? Instead(string written)
    {
        // numbers with so few digits are exact: 15 significant digits for double precision, 6 for real
        if (_scale is null && written.Length <= (_isSingle ? 6 : 15))
            return null;

        if (DecimalNumber.Parse(written) is not { } number)
            return null;

        if (_scale is { } scale)
            return number.Places > scale ? number.Round(scale).ToString() : null;

        var stored = _isSingle
            ? float.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture)
            : double.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
        return DecimalNumber.Parse(stored) is { } back && back != number ? stored : null;
    }

    [GeneratedRegex(@"^float\s*\(\s*(?<bits>\d{1,2})\s*\)$")]
    private static partial Regex BinaryFloat();

    [GeneratedRegex(@"^(numeric|decimal)\s*\(\s*\d{1,4}\s*(,\s*(?<scale>\d{1,4})\s*)?\)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Numeric();
}
