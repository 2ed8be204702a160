using System.Text.Json;
using Models.Database;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Runner.State;

/// <summary>Compares a node with what an earlier manifest says of it. Source: dbt's page on state:modified.</summary>
internal sealed class NodeComparison(ParsedProject project, MacroChanges macros)
{
    /// <param name="node">The node as it is now.</param>
    /// <param name="then">The node in the earlier manifest.</param>
    /// <param name="part">What to compare; empty for everything.</param>
    public bool Differs(Node node, JsonElement then, string part) => part switch
    {
        "" => BodyDiffers(node, then) || ConfigDiffers(node, then) || RelationDiffers(node, then) || DescriptionsDiffer(node, then)
            || MacrosDiffer(node, then) || ContractDiffers(node, then) || TypedPropertiesDiffer(node, then) || ExposureDiffers(node, then)
            || SemanticDiffers(node, then) || UnitTestDiffers(node, then),
        "body" => BodyDiffers(node, then),
        "configs" => ConfigDiffers(node, then),
        "relation" => RelationDiffers(node, then),
        "persisted_descriptions" => DescriptionsDiffer(node, then),
        "macros" => MacrosDiffer(node, then),
        "contract" => ContractDiffers(node, then),
        _ => throw new RunException(
            $"'state:modified.{part}' is not known; the parts are body, configs, relation, persisted_descriptions, macros and contract."),
    };

    private static bool BodyDiffers(Node node, JsonElement then) => node switch
    {
        ITemplatedNode templated => Trim(templated.Source.Text) != Trim(PreviousArtifacts.Text(then, "raw_code") ?? ""),
        SeedNode seed => SeedDiffers(seed, then),
        _ => false,
    };

    private static string Trim(string text) => text.ReplaceLineEndings("\n").Trim();

    private static bool SeedDiffers(SeedNode seed, JsonElement then) =>
        then.TryGetProperty("checksum", out var checksum)
        && new NodeChecksum(PreviousArtifacts.Text(checksum, "name") ?? "", PreviousArtifacts.Text(checksum, "checksum") ?? "") != NodeChecksum.Of(seed);

    /// <summary>
    /// Settings are compared as they are written, so that another target or environment is no change. Where a node's own file is the same, so is
    /// what its <c>config()</c> says, whatever came out of it.
    /// </summary>
    private static bool ConfigDiffers(Node node, JsonElement then)
    {
        if (!then.TryGetProperty("unrendered_config", out var before) || before.ValueKind != JsonValueKind.Object)
            return RenderedConfigDiffers(node, then);

        using var now = AsJson(node.UnrenderedConfig);
        using var rendered = AsJson(node.Config.Values);
        var inFile = BodyDiffers(node, then) ? [] : node.ConfiguredInFile;
        return now.RootElement.EnumerateObject().Concat(before.EnumerateObject()).Select(setting => setting.Name).Distinct(StringComparer.Ordinal)
            .Where(name => !s_placing.Contains(name) && !inFile.Contains(name))
            .Any(name => SettingDiffers(name, before, now.RootElement, rendered.RootElement));
    }

    // dbt writes what a properties file says as it came out, unless a flag of the project says otherwise
    private static bool SettingDiffers(string name, JsonElement before, JsonElement now, JsonElement rendered)
    {
        var (then, here) = (Value(before, name), Value(now, name));
        return !JsonElement.DeepEquals(then, here) && !JsonElement.DeepEquals(then, Value(rendered, name)) && !(IsNothing(then) && IsNothing(here));
    }

    /// <summary>What says where a relation is: the part 'relation' compares it.</summary>
    private static readonly string[] s_placing = ["database", "schema", "alias"];

    // a setting that only one side has, and that is nothing there, is no difference
    private static bool RenderedConfigDiffers(Node node, JsonElement then)
    {
        if (!then.TryGetProperty("config", out var before))
            return false;

        using var now = AsJson(node.Config.Values);
        return now.RootElement.EnumerateObject().Any(setting =>
            before.TryGetProperty(setting.Name, out var value) ? !JsonElement.DeepEquals(setting.Value, value) : !IsNothing(setting.Value))
            || before.EnumerateObject().Any(setting =>
                setting.Name is not ("enabled" or "materialized") && !now.RootElement.TryGetProperty(setting.Name, out _) && !IsNothing(setting.Value));
    }

    private static bool IsNothing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };

    private static JsonDocument AsJson(IReadOnlyDictionary<string, object?> values)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            ArtifactValues.Write(json, values);
        return JsonDocument.Parse(buffer.ToArray());
    }

    // what is written decides: the schema's prefix is the target's, and macros and variables may make other names for other targets
    private static bool RelationDiffers(Node node, JsonElement then)
    {
        if (node is not RelationNode relation || node is TestNode)
            return false;
        if (node is SourceNode source)
            return SourceDiffers(source, then);
        if (!then.TryGetProperty("unrendered_config", out var before) || before.ValueKind != JsonValueKind.Object)
            return relation.Relation.AsWritten.Identifier != (PreviousArtifacts.Text(then, "alias") ?? PreviousArtifacts.Text(then, "identifier"));

        using var now = AsJson(node.UnrenderedConfig);
        using var rendered = AsJson(node.Config.Values);
        var inFile = BodyDiffers(node, then) ? [] : node.ConfiguredInFile;
        return s_placing.Any(name => !inFile.Contains(name) && SettingDiffers(name, before, now.RootElement, rendered.RootElement));
    }

    private static bool SourceDiffers(SourceNode source, JsonElement then)
    {
        var relation = source.Relation.AsWritten;
        return relation.Identifier != PreviousArtifacts.Text(then, "identifier")
            || PlaceDiffers("database", source.UnrenderedDatabase, relation.Database, then)
            || PlaceDiffers("schema", source.UnrenderedSchema, relation.Schema, then);
    }

    // dbt keeps the place as it is written only where a flag of the project says so
    private static bool PlaceDiffers(string part, string? written, string rendered, JsonElement then) =>
        PreviousArtifacts.Text(then, $"unrendered_{part}") is { } before
            ? before != written
            : written is not null && PreviousArtifacts.Text(then, part) != rendered;

    private static bool DescriptionsDiffer(Node node, JsonElement then) =>
        node.Config.TryGet("persist_docs", out var wanted) && wanted is not null && node.Description != (PreviousArtifacts.Text(then, "description") ?? "");

    private static bool TypedPropertiesDiffer(Node node, JsonElement then) => TypedProperties.Of(node).Any(property =>
        property.IsSameAs is { } isSame && then.TryGetProperty(property.Key, out var value)
        && !isSame(node, value.ValueKind == JsonValueKind.Null ? null : value.ToString()));

    private static bool ExposureDiffers(Node node, JsonElement then)
    {
        if (node is not ExposureNode exposure)
            return false;

        using var now = AsJson(exposure.Properties);
        var parents = then.TryGetProperty("depends_on", out var depends) && depends.TryGetProperty("nodes", out var nodes)
            ? nodes.EnumerateArray().Select(n => n.GetString()).ToHashSet(StringComparer.Ordinal)
            : [];
        return !parents.SetEquals(exposure.DependsOn)
            || exposure.Description != (PreviousArtifacts.Text(then, "description") ?? "")
            || ((string[])["owner", "type", "url", "label", "maturity"]).Any(key => !JsonElement.DeepEquals(Value(now.RootElement, key), Value(then, key)));
    }

    private bool UnitTestDiffers(Node node, JsonElement then)
    {
        if (node is not UnitTestNode test)
            return false;

        using var now = AsJson(project.DeclarationOf(test));
        return now.RootElement.EnumerateObject().Any(part => Said(part.Value) != Said(Value(then, part.Name)));
    }

    // dbt writes also what is not said, and the format that rows have where none is
    private static string Said(JsonElement declaration) => declaration.ValueKind switch
    {
        JsonValueKind.Object => string.Join(',', declaration.EnumerateObject()
            .Where(entry => !IsNothing(entry.Value) && !(entry.Name == "format" && entry.Value.ToString() == "dict"))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .Select(entry => $"{entry.Name}={Said(entry.Value)}")),
        JsonValueKind.Array => string.Join(';', declaration.EnumerateArray().Select(Said)),
        JsonValueKind.Null => "",
        _ => declaration.ToString(),
    };

    private static bool SemanticDiffers(Node node, JsonElement then)
    {
        if (node is not SemanticNode semantic)
            return false;

        using var now = AsJson(semantic.Properties);
        return semantic.Description != (PreviousArtifacts.Text(then, "description") ?? "")
            || semantic.Group != PreviousArtifacts.Text(then, "group")
            || now.RootElement.EnumerateObject().Any(property => PropertyDiffers(property, Value(then, property.Name)));
    }

    // a semantic model's relation and where an export goes are the target's, and differ between targets
    private static bool PropertyDiffers(JsonProperty property, JsonElement then) => property.Name switch
    {
        "node_relation" => false,
        "exports" => !WrittenExports(property.Value).SequenceEqual(WrittenExports(then)),
        _ => !JsonElement.DeepEquals(property.Value, then),
    };

    private static IEnumerable<(string? Name, string Config)> WrittenExports(JsonElement exports) =>
        exports.ValueKind == JsonValueKind.Array
            ? exports.EnumerateArray().Select(e => (PreviousArtifacts.Text(e, "name"), JsonSerializer.Serialize(Value(e, "unrendered_config"))))
            : [];

    private static JsonElement Value(JsonElement element, string key) =>
        element.TryGetProperty(key, out var value) ? value : JsonSerializer.SerializeToElement<object?>(null);

    private bool MacrosDiffer(Node node, JsonElement then)
    {
        if (node.DependsOnMacros.Any(macros.IsChanged))
            return true;
        if (!then.TryGetProperty("depends_on", out var depends) || !depends.TryGetProperty("macros", out var before))
            return false;

        return !before.EnumerateArray().Select(m => m.GetString()).ToHashSet(StringComparer.Ordinal).SetEquals(node.DependsOnMacros);
    }

    private static bool ContractDiffers(Node node, JsonElement then)
    {
        if (node is not ModelNode { ContractEnforced: true } model || !then.TryGetProperty("columns", out var columns))
            return false;

        var now = model.Columns.ToDictionary(c => c.Name, c => c.DataType, StringComparer.Ordinal);
        var before = columns.EnumerateObject().ToDictionary(c => c.Name, c => PreviousArtifacts.Text(c.Value, "data_type"), StringComparer.Ordinal);
        return now.Count != before.Count || now.Any(c => !before.TryGetValue(c.Key, out var type) || type != c.Value);
    }
}
