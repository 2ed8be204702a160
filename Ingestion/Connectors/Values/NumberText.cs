using System.Globalization;

namespace Ingestion.Connectors.Values;

/// <summary>Numbers as people and exports write them: sign, digits in groups of three where the contract says so, decimals.</summary>
internal sealed class NumberText(char? thousandsSeparator, char decimalSeparator)
{
    /// <summary>No number is written with more characters than this.</summary>
    private const int MaxLength = 400;

    /// <summary>Digits that <see cref="decimal"/> is sure to keep.</summary>
    private const int MaxDigits = 28;

    private const string NotANumber = "is not a number";
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly string TooManyDigits = $"has more digits than are kept ({MaxDigits})";

    private readonly bool _isPlain = thousandsSeparator is null && decimalSeparator == '.';

    public string? Parse(ReadOnlySpan<char> text, out decimal number)
    {
        number = 0;
        if (!TryMakePlain(ref text) || !double.TryParse(text, Style, CultureInfo.InvariantCulture, out var floating) || !double.IsFinite(floating))
            return NotANumber;
        if (!decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out number))
            return TooManyDigits;

        var exponent = text.IndexOfAny('e', 'E');
        var isKept = exponent < 0 ? CountDigits(text) <= MaxDigits : (double)number == floating && CountDigits(text[..exponent]) <= MaxDigits;
        return isKept ? null : TooManyDigits;
    }

    public string? ParseFloating(ReadOnlySpan<char> text, out double number)
    {
        number = 0;
        return TryMakePlain(ref text) && double.TryParse(text, Style, CultureInfo.InvariantCulture, out number) && double.IsFinite(number)
            ? null
            : NotANumber;
    }

    /// <summary>Takes groups of digits together and makes the decimal separator a point; false where groups are not of three.</summary>
    private bool TryMakePlain(ref ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength)
            return false;
        if (_isPlain)
            return true;

        var point = text.IndexOf(decimalSeparator);
        var whole = point < 0 ? text : text[..point];
        var rest = point < 0 ? default : text[(point + 1)..];
        // a point that is no decimal separator must not become one
        if ((thousandsSeparator != '.' && whole.Contains('.')) || rest.ContainsAny('.', decimalSeparator, thousandsSeparator ?? decimalSeparator))
            return false;

        if (thousandsSeparator is { } separator && whole.Contains(separator))
        {
            if (!HasGroupsOfThree(whole.TrimStart("+-"), separator))
                return false;

            whole = whole.ToString().Replace(separator.ToString(), "", StringComparison.Ordinal);
        }

        text = point < 0 ? whole : $"{whole}.{rest}";
        return true;
    }

    private static bool HasGroupsOfThree(ReadOnlySpan<char> whole, char separator)
    {
        var isFirst = true;
        foreach (var range in whole.Split(separator))
        {
            var group = whole[range];
            if (group.ContainsAnyExceptInRange('0', '9') || (isFirst ? group.Length is < 1 or > 3 : group.Length != 3))
                return false;

            isFirst = false;
        }

        return true;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var digits = 0;
        foreach (var c in text)
            digits += char.IsAsciiDigit(c) ? 1 : 0;

        return digits;
    }
}
