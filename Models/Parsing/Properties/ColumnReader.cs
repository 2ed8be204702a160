using Models.Project.Graph;
using Models.Project.Yaml;

namespace Models.Parsing.Properties;

/// <summary>Reads declared columns and constraints.</summary>
internal static class ColumnReader
{
    public static IReadOnlyList<ColumnDefinition> Read(PropertiesFile file, YamlValue? list)
    {
        if (list is not YamlSequence items)
            return [];

        var columns = new List<ColumnDefinition>(items.Items.Count);
        foreach (var item in items.Items)
        {
            if (item is YamlMapping yaml && file.Text(yaml["name"]) is { Length: > 0 } name)
                columns.Add(ReadColumn(file, yaml, name));
        }

        return columns;
    }

    public static IReadOnlyList<ConstraintDefinition> ReadConstraints(PropertiesFile file, YamlValue? list)
    {
        if (list is not YamlSequence items)
            return [];

        var constraints = new List<ConstraintDefinition>();
        foreach (var item in items.Items.OfType<YamlMapping>())
        {
            if (file.Text(item["type"]) is not { } type)
                continue;

            constraints.Add(new ConstraintDefinition(type)
            {
                Name = file.Text(item["name"]),
                Expression = file.Text(item["expression"]),
                Columns = file.Texts(item["columns"]),
                To = (item["to"] as YamlScalar)?.Text,
                ToColumns = file.Texts(item["to_columns"]),
                WarnUnsupported = file.Value(item["warn_unsupported"]) is not false,
            });
        }

        return constraints;
    }

    private static ColumnDefinition ReadColumn(PropertiesFile file, YamlMapping yaml, string name)
    {
        var config = yaml["config"] as YamlMapping;
        var constraints = ReadConstraints(file, yaml["constraints"]);
        return new ColumnDefinition(name)
        {
            Span = yaml["name"]!.Span,
            DataType = file.Text(yaml["data_type"]),
            Description = file.Description(yaml["description"]),
            Quote = file.Value(yaml["quote"]) is true,
            Tags = [.. file.Texts(yaml["tags"]).Concat(file.Texts(config?["tags"])).Distinct(StringComparer.Ordinal)],
            Meta = Meta(file, yaml["meta"], config?["meta"]),
            Constraints = constraints,
            NotNull = constraints.Any(c => c.Type is "not_null" or "primary_key"),
        };
    }

    private static Dictionary<string, object?> Meta(PropertiesFile file, YamlValue? own, YamlValue? inConfig)
    {
        var meta = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var value in (ReadOnlySpan<YamlValue?>)[own, inConfig])
        {
            foreach (var (key, item) in file.Dictionary(value))
                meta[key] = item;
        }

        return meta;
    }
}
