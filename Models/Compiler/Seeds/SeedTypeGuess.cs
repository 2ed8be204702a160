using System.Globalization;
using System.Numerics;

namespace Models.Compiler.Seeds;

/// <summary>
/// Guesses one column's type from its texts, as dbt does for a seed without <c>column_types</c>: the first of number, date, timestamp and
/// boolean that every value is, else text. A column without any value is an integer one.
/// </summary>
internal sealed class SeedTypeGuess
{
    private static readonly string[] DateFormats = ["yyyy-MM-dd"];
    private static readonly string[] TimestampFormats =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm:ss.FFFFFF",
        "yyyy-MM-ddTHH:mm:ss.FFFFFF", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss.FFFFFFZ", "yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-dd HH:mm:sszzz",
    ];

    private bool _number = true;
    private bool _whole = true;
    private bool _fitsInteger = true;
    private bool _fitsBigInt = true;
    private bool _date = true;
    private bool _timestamp = true;
    private bool _boolean = true;

    /// <summary>The PostgreSQL type that every value seen so far has.</summary>
    public string Type
    {
        get
        {
            if (_number)
                return _whole ? WholeType : "double precision";
            if (_date)
                return "date";
            if (_timestamp)
                return "timestamp without time zone";

            return _boolean ? "boolean" : "text";
        }
    }

    // dbt calls every whole number an integer, and its load then fails where one is too large
    private string WholeType => (_fitsInteger, _fitsBigInt) switch
    {
        (true, _) => "integer",
        (_, true) => "bigint",
        _ => "numeric",
    };

    public static bool IsNull(string value) => value.Length == 0 || value.Equals("null", StringComparison.OrdinalIgnoreCase);

    public void Add(string value)
    {
        value = value.Trim();
        if (IsNull(value))
            return;

        if (_number)
            AddNumber(value);
        _date &= DateTime.TryParseExact(value, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        _timestamp &= DateTime.TryParseExact(value, TimestampFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        _boolean &= bool.TryParse(value, out _);
    }

    private void AddNumber(string value)
    {
        if (BigInteger.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            _fitsInteger &= whole >= int.MinValue && whole <= int.MaxValue;
            _fitsBigInt &= whole >= long.MinValue && whole <= long.MaxValue;
            return;
        }

        _whole = false;
        _number = double.TryParse(
            value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number);
    }
}
