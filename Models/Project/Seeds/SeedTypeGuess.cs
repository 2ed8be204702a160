namespace Models.Project.Seeds;

/// <summary>
/// Infers one column's type from its values, as dbt does for a seed without <c>column_types</c>: the first of number, date, timestamp (in either of
/// two formats) and boolean that fits every value, otherwise text. A column without any value is an integer column.
/// </summary>
internal sealed class SeedTypeGuess
{
    private static readonly StoredNumber s_double = StoredNumber.Of("double precision")!;

    private InexactNumber? _inexact;
    private bool _number = true;
    private bool _whole = true;
    private bool _fitsInteger = true;
    private bool _fitsBigInt = true;
    private bool _fitsDouble = true;
    private bool _date = true;
    private bool _dateTime = true;
    private bool _isoTime = true;
    private bool _boolean = true;

    /// <summary>The PostgreSQL type that fits all values seen so far.</summary>
    public string Type
    {
        get
        {
            if (_number)
                return _whole ? WholeType : _fitsDouble ? "double precision" : "numeric";
            if (_date)
                return "date";
            if (_dateTime || _isoTime)
                return "timestamp without time zone";

            return _boolean ? "boolean" : "text";
        }
    }

    // dbt uses integer for every whole number, and its load then fails on a value that is too large
    private string WholeType => (_fitsInteger, _fitsBigInt) switch
    {
        (true, _) => "integer",
        (_, true) => "bigint",
        _ => "numeric",
    };

    public static bool IsNull(string value) =>
        value.Length == 0 || value.AsSpan().Trim() is var text && (text.Length == 0 || text.Equals("null", StringComparison.OrdinalIgnoreCase));

    /// <param name="value">A value of the column.</param>
    /// <param name="line">Its line.</param>
    public void Add(string value, int line)
    {
        value = value.Trim();
        if (IsNull(value))
            return;

        if (_number)
            AddNumber(value, line);
        _date = _date && SeedTime.IsDate(value);
        _dateTime = _dateTime && SeedTime.IsDateTime(value);
        _isoTime = _isoTime && SeedTime.FromIso(value) is not null;
        _boolean = _boolean && bool.TryParse(value, out _);
    }

    /// <summary>The first number that a double precision column stores inexactly; null if there is none, or if the column has another type.</summary>
    public InexactNumber? Inexact => _number && !_whole && _fitsDouble ? _inexact : null;

    /// <summary>Converts a value to PostgreSQL's format for the inferred type.</summary>
    public string Written(string value)
    {
        if (_number)
            return SeedNumber.Parse(value.Trim()) is { } number ? (_whole ? $"{number.Whole}" : number.Text) : value;

        return !_date && !_dateTime && _isoTime ? SeedTime.FromIso(value.Trim()) ?? value : value;
    }

    private void AddNumber(string value, int line)
    {
        var number = SeedNumber.Parse(value);
        _number = number is not null;
        if (number is not { } known)
            return;

        _fitsDouble &= known.FitsDouble;
        if (_inexact is null && s_double.Instead(known.Text) is { } stored)
            _inexact = new InexactNumber(line, known.Text, stored);
        if (known.Whole is not { } whole)
        {
            _whole = false;
            return;
        }

        _fitsInteger &= whole >= int.MinValue && whole <= int.MaxValue;
        _fitsBigInt &= whole >= long.MinValue && whole <= long.MaxValue;
    }
}

/// <summary>A number of a seed that its column stores inexactly.</summary>
internal sealed record InexactNumber(int Line, string Written, string Stored);
