using System.Text.Json;

namespace Serving.Console.Catalog;

/// <summary>
/// Reads the manifest that a build writes (https://schemas.getdbt.com/dbt/manifest/v12.json), with the types and lineage that stand in
/// <c>meta.leadline</c>.
/// </summary>
internal static class ManifestReader
{
    private static readonly string[] s_sections = ["nodes", "sources", "exposures", "unit_tests", "macros"];

    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="InvalidDataException">It is not a manifest.</exception>
    public static IReadOnlyList<CatalogNode> Read(Stream manifest)
    {
        using var document = JsonDocument.Parse(manifest);
        var root = document.RootElement;
        if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("metadata", out var metadata))
            throw new InvalidDataException("it has no 'metadata'");

        var project = Text(metadata, "project_name");
        return
        [
            .. s_sections
                .Where(section => root.TryGetProperty(section, out _))
                .SelectMany(section => root.GetProperty(section).EnumerateObject())
                .Select(node => Node(node.Value, project))
                .Where(node => node.Type != "macro" || node.Id.StartsWith($"macro.{project}.", StringComparison.Ordinal)),
        ];
    }

    private static CatalogNode Node(JsonElement node, string project)
    {
        var type = Text(node, "resource_type");
        var config = Member(node, "config");
        var fqn = Texts(node, "fqn");
        return new CatalogNode(Text(node, "unique_id"), Text(node, "name"), type.Length == 0 ? "macro" : type, project)
        {
            Description = Text(node, "description").Trim(),
            Layer = fqn.Count > 2 ? fqn[1] : "",
            Path = Text(node, "original_file_path"),
            Materialized = type is "model" or "snapshot" or "seed" ? Text(config, "materialized") : null,
            CustomSchema = Text(config, "schema"),
            Alias = Text(node, "alias"),
            Tags = Texts(node, "tags"),
            Columns = type is "test" ? [] : [.. Members(node, "columns").Select(Column)],
            Parents = Texts(Member(node, "depends_on"), "nodes"),
            RawSql = type is "macro" or "" ? Text(node, "macro_sql") : Text(node, "raw_code"),
            CompiledSql = Text(node, "compiled_code"),
            Test = type is "test" or "unit_test" ? Test(node, type) : null,
            Freshness = type is "source" ? Limits(Member(config, "freshness")) : null,
            Chart = Chart(Member(Member(node, "meta"), "chart")),
        };
    }

    private static CatalogColumn Column(JsonElement column)
    {
        var analysed = Member(Member(column, "meta"), "leadline");
        var type = Text(analysed, "type");
        return new CatalogColumn(
            Text(column, "name"),
            Text(column, "description").Trim(),
            type.Length > 0 ? type : Text(column, "data_type") is { Length: > 0 } declared ? declared : null,
            [.. Members(analysed, "lineage").Select(source => new ColumnSource(Text(source, "node"), Text(source, "column"), Text(source, "use")))]);
    }

    private static CatalogTest Test(JsonElement test, string type)
    {
        if (type == "unit_test")
            return new CatalogTest(Texts(Member(test, "depends_on"), "nodes").FirstOrDefault(), null, "unit");

        var kind = Text(Member(test, "test_metadata"), "name");
        var attached = Text(test, "attached_node");
        var column = Text(test, "column_name");
        return new CatalogTest(
            attached.Length > 0 ? attached : Texts(Member(test, "depends_on"), "nodes").FirstOrDefault(),
            column.Length > 0 ? column : null,
            kind.Length > 0 ? kind : "query");
    }

    private static FreshnessLimits? Limits(JsonElement freshness)
    {
        var limits = new FreshnessLimits(Limit(Member(freshness, "warn_after")), Limit(Member(freshness, "error_after")));
        return limits is { WarnAfter: null, ErrorAfter: null } ? null : limits;
    }

    private static TimeSpan? Limit(JsonElement limit) =>
        Member(limit, "count") is { ValueKind: JsonValueKind.Number } count
            ? Text(limit, "period") switch
            {
                "minute" => TimeSpan.FromMinutes(count.GetDouble()),
                "hour" => TimeSpan.FromHours(count.GetDouble()),
                "day" => TimeSpan.FromDays(count.GetDouble()),
                _ => null,
            }
            : null;

    private static CatalogChart? Chart(JsonElement chart) =>
        Text(chart, "x") is { Length: > 0 } x && Text(chart, "y") is { Length: > 0 } y
            ? new CatalogChart(Text(chart, "type") is { Length: > 0 } kind ? kind : "bar", x, y)
            : null;

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    private static string Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    private static IReadOnlyList<string> Texts(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    /// <summary>The values of an object, or the items of an array.</summary>
    private static IEnumerable<JsonElement> Members(JsonElement element, string name) => Member(element, name) switch
    {
        { ValueKind: JsonValueKind.Object } map => map.EnumerateObject().Select(member => member.Value),
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        _ => [],
    };
}
