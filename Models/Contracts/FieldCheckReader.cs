using System.Globalization;
using System.Text.RegularExpressions;
using Models.Diagnostics;

namespace Models.Contracts;

/// <summary>Reads the checks on a field's values beyond its type.</summary>
internal static class FieldCheckReader
{
    public static ContractField Read(YamlMap map, ContractField field, string file, DiagnosticBag diagnostics)
    {
        var checks = field with
        {
            Min = ReadBound(map, "min", field, file, diagnostics),
            Max = ReadBound(map, "max", field, file, diagnostics),
            Pattern = map.Text("pattern"),
            Values = [.. map.Texts("values").Select(v => v.Text)],
        };
        if (checks.Pattern is { } pattern)
        {
            if (field.Type.Kind != FieldKind.Text)
                diagnostics.Add(
                    ContractDiagnostics.MisplacedCheck(YamlMap.SpanOf(map.Find("pattern")!, file), field.Name, field.Type.Name, "pattern", "a text"));
            else if (Problem(pattern) is { } problem)
                diagnostics.Add(ContractDiagnostics.BadPattern(YamlMap.SpanOf(map.Find("pattern")!, file), field.Name, problem));
        }

        if (checks.Values.Count > 0 && field.Type.Kind is not (FieldKind.Text or FieldKind.SmallInt or FieldKind.Integer or FieldKind.BigInt))
            diagnostics.Add(
                ContractDiagnostics.MisplacedCheck(YamlMap.SpanOf(map.Find("values")!, file), field.Name, field.Type.Name, "values", "a text or whole number"));

        return checks;
    }

    /// <summary>The non-backtracking engine needs time linear in the text; patterns that it does not support are rejected.</summary>
    private static string? Problem(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout);
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return exception.Message.ReplaceLineEndings(" ").TrimEnd('.');
        }
    }

    private static string? ReadBound(YamlMap map, string key, ContractField field, string file, DiagnosticBag diagnostics)
    {
        if (map.Text(key) is not { } text)
            return null;

        var node = map.Find(key)!;
        if (!field.Type.IsNumber && !field.Type.IsTime)
            diagnostics.Add(ContractDiagnostics.MisplacedCheck(YamlMap.SpanOf(node, file), field.Name, field.Type.Name, key, "a number, date or timestamp"));
        else if (field.Type.IsNumber && !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            map.ReportShape(node, key, "a number");
        else if (field.Type.IsTime && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            map.ReportShape(node, key, "a date or time as in 2023-01-31 or 2023-01-31T23:59:59Z");

        return text;
    }
}
