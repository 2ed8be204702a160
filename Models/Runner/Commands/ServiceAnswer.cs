using System.Globalization;
using System.Text.Json;
using Models.Rendering.Connections;
using Models.Runner.Reporting;

namespace Models.Runner.Commands;

/// <summary>Reads and prints what a service answers.</summary>
internal static class ServiceAnswer
{
    public static void Print(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows) =>
        Console.Write(TextTable.Format(new QueryResult(columns, [.. rows], Status: "")));

    public static string Text(JsonElement element, string property) => element.GetProperty(property) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Null } => "",
        var other => other.GetRawText(),
    };

    public static string Time(JsonElement element, string property) => element.GetProperty(property) is { ValueKind: JsonValueKind.String } time
        ? time.GetDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
        : "";
}
