using System.Collections;
using System.Globalization;
using System.Text;
using Models.Rendering.Connections;

namespace Models.Runner.Reporting;

/// <summary>Formats rows as a text table.</summary>
internal static class TextTable
{
    public static string Format(QueryResult result)
    {
        var cells = new List<IReadOnlyList<string>> { result.Columns };
        cells.AddRange(result.Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(Cell)]));
        var widths = Enumerable.Range(0, result.Columns.Count).Select(i => cells.Max(row => row[i].Length)).ToArray();

        var text = new StringBuilder();
        AppendRow(text, cells[0], widths);
        text.Append("| ").AppendJoin(" | ", widths.Select(w => new string('-', w))).AppendLine(" |");
        foreach (var row in cells.Skip(1))
            AppendRow(text, row, widths);
        return text.ToString();
    }

    /// <summary>Converts a value to one that JSON can represent.</summary>
    public static object? Plain(object? value) => value switch
    {
        null or bool or long or double or decimal or string => value,
        _ => Cell(value),
    };

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> row, int[] widths) =>
        text.Append("| ").AppendJoin(" | ", row.Select((cell, i) => cell.PadRight(widths[i]))).AppendLine(" |");

    private static string Cell(object? value) => value switch
    {
        null => "",
        string text => text,
        DateTime time => time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Cell))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
