using System.Globalization;

namespace Serving.Console.Marts;

/// <summary>A value of the warehouse as text for a cell.</summary>
internal static class CellText
{
    public static bool IsNumber(object? value) => value is short or int or long or decimal or double or float;

    public static string Of(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        short or int or long => Convert.ToInt64(value).ToString("#,0", CultureInfo.InvariantCulture),
        decimal number => Rounded((double)number),
        double number => Rounded(number),
        float number => Rounded(number),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    public static double? Number(object? value) => IsNumber(value) ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;

    /// <summary>Large numbers with two places, small ones with four.</summary>
    private static string Rounded(double number) => number.ToString(Math.Abs(number) >= 100 ? "#,0.00" : "0.####", CultureInfo.InvariantCulture);
}
