using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Parsing.Properties;
using Models.Project.Diagnostics;
using Models.Project.Yaml;

namespace Models.Parsing.Nodes.Semantics;

/// <summary>An entity, dimension or measure of a semantic model.</summary>
/// <param name="Name">The name of the element.</param>
/// <param name="Yaml">The YAML mapping.</param>
/// <param name="Value">The element in the manifest's form.</param>
internal sealed record SemanticElement(string Name, YamlMapping Yaml, JinjaDict Value);

/// <summary>One kind of element: the key of its list, the key of its type, and the allowed types.</summary>
internal sealed record SemanticElementKind(
    string Word, string TypeKey, string[] Types, string[] Keys, Func<YamlMapping, PropertiesFile, IEnumerable<(string Key, object? Value)>> Own);

/// <summary>Reads the elements of a semantic model. Source: docs.getdbt.com/docs/build/semantic-models, dimensions, entities and measures.</summary>
internal static class SemanticElements
{
    private static readonly string[] s_common = ["name", "description", "label", "expr", "config"];

    public static SemanticElementKind Entity { get; } = new(
        "entity", "type", ["primary", "unique", "foreign", "natural"], [.. s_common, "type", "role", "entity"],
        static (yaml, file) => [("role", file.Text(yaml["role"]))]);

    public static SemanticElementKind Dimension { get; } = new(
        "dimension", "type", ["categorical", "time"], [.. s_common, "type", "is_partition", "type_params"],
        static (yaml, file) => [("is_partition", yaml["is_partition"]?.ToTemplateValue() is true), ("type_params", file.Value(yaml["type_params"]))]);

    public static SemanticElementKind Measure { get; } = new(
        "measure", "agg", ["sum", "min", "max", "count_distinct", "sum_boolean", "average", "percentile", "median", "count"],
        [.. s_common, "agg", "agg_params", "agg_time_dimension", "non_additive_dimension", "create_metric"],
        static (yaml, file) =>
        [
            ("create_metric", yaml["create_metric"]?.ToTemplateValue() is true),
            ("agg_params", file.Value(yaml["agg_params"])),
            ("non_additive_dimension", file.Value(yaml["non_additive_dimension"])),
            ("agg_time_dimension", file.Text(yaml["agg_time_dimension"])),
        ]);

    public static IReadOnlyList<SemanticElement> Read(NodeProperties properties, string list, SemanticElementKind kind, DiagnosticBag diagnostics)
    {
        var elements = new List<SemanticElement>();
        foreach (var item in (properties.Yaml[list] as YamlSequence)?.Items ?? [])
        {
            if (item is not YamlMapping yaml || properties.File.Text(yaml["name"]) is not { Length: > 0 } name)
                diagnostics.Add(ProjectDiagnostics.MissingKey(item.Span, $"a {kind.Word} of the semantic model '{properties.Name}'", "name"));
            else if (elements.Find(e => e.Name == name) is { } twin)
                diagnostics.Add(ProjectDiagnostics.DuplicateName(yaml["name"]!.Span, $"the {kind.Word}", name, twin.Yaml["name"]!.Span));
            else
                elements.Add(new SemanticElement(name, yaml, Read(yaml, name, properties, kind, diagnostics)));
        }

        return elements;
    }

    private static JinjaDict Read(YamlMapping yaml, string name, NodeProperties properties, SemanticElementKind kind, DiagnosticBag diagnostics)
    {
        foreach (var entry in yaml.Entries.Where(e => !kind.Keys.Contains(e.Key)))
            diagnostics.Add(ProjectDiagnostics.UnknownKey(entry.KeySpan, entry.Key, $"a {kind.Word}", kind.Keys));

        var type = properties.File.Text(yaml[kind.TypeKey])?.ToLowerInvariant();
        if (type is null)
            diagnostics.Add(ProjectDiagnostics.MissingKey(yaml["name"]!.Span, $"the {kind.Word} '{name}'", kind.TypeKey));
        else if (!kind.Types.Contains(type))
            diagnostics.Add(ProjectDiagnostics.InvalidValue(yaml[kind.TypeKey]!.Span, type, kind.TypeKey, string.Join(", ", kind.Types)));

        var value = new JinjaDict
        {
            ["name"] = name,
            [kind.TypeKey] = type,
            ["description"] = properties.File.Description(yaml["description"]),
            ["label"] = properties.File.Text(yaml["label"]),
            ["expr"] = properties.File.Text(yaml["expr"]),
            ["config"] = properties.File.Value(yaml["config"]),
        };
        foreach (var (key, own) in kind.Own(yaml, properties.File))
            value[key] = own;

        return value;
    }
}
