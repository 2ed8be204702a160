using System.Globalization;
using System.Text.RegularExpressions;

namespace Models.Project.Seeds;

/// <summary>
/// What a column of a type of limited exactness makes of a number without saying so: real and double precision keep the nearest binary
/// fraction, numeric with a scale rounds to it. Source: PostgreSQL documentation, 8.1.
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

    /// <summary>The type as messages show it.</summary>
    public string Type { get; }

    /// <summary>Null for a type that keeps every number it takes.</summary>
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

    /// <summary>What comes back for a number that comes back as another one; null where it stays, or where the server refuses it.</summary>
    public string? Instead(string written)
    {
        // every number of so few digits comes back: 15 significant ones from a double, 6 from a single
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
