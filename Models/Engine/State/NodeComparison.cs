using System.Text.Json;
using Models.Database;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Engine.State;

/// <summary>Compares a node with its state in an earlier manifest. Source: dbt's page on state:modified.</summary>
internal sealed class NodeComparison(ParsedProject project, MacroChanges macros)
{
    /// <param name="node">The current node.</param>
    /// <param name="then">The node in the earlier manifest.</param>
    /// <param name="part">The part to compare; empty for everything.</param>
    public bool Differs(Node node, JsonElement then, string part) => part switch
    {
        "" => BodyDiffers(node, then) || ConfigDiffers(node, then) || RelationDiffers(node, then) || DescriptionsDiffer(node, then)
            || MacrosDiffer(node, then) || ContractDiffers(node, then) || TypedPropertiesDiffer(node, then) || ExposureDiffers(node, then)
            || SemanticDiffers(node, then) || UnitTestDiffers(node, then) || FunctionDiffers(node, then),
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
    /// Compares settings before rendering, so that another target or environment is not a change. If a node's own file is unchanged, so are the
    /// settings in its <c>config()</c>, whatever their rendered values.
    /// </summary>
    private static bool ConfigDiffers(Node node, JsonElement then)
    {
        if (!then.TryGetProperty("unrendered_config", out var before) || before.ValueKind != JsonValueKind.Object)
            return RenderedConfigDiffers(node, then);

        using var now = AsJson(node.UnrenderedConfig);
        using var rendered = AsJson(node.Config.Values);
        var inFile = BodyDiffers(node, then) ? [] : node.ConfiguredInFile;
        return now.RootElement.EnumerateObject().Concat(before.EnumerateObject()).Select(setting => setting.Name).Distinct(StringComparer.Ordinal)
            .Where(name => !s_placing.Contains(name) && !s_notCompared.Contains(name) && !inFile.Contains(name))
            .Any(name => SettingDiffers(name, before, now.RootElement, rendered.RootElement));
    }

    // dbt writes the settings of properties files rendered, unless a flag of the project disables that
    private static bool SettingDiffers(string name, JsonElement before, JsonElement now, JsonElement rendered)
    {
        var (then, here) = (Value(before, name), Value(now, name));
        return !JsonElement.DeepEquals(then, here) && !JsonElement.DeepEquals(then, Value(rendered, name)) && !(IsNothing(then) && IsNothing(here));
    }

    /// <summary>The settings that determine a relation; the part 'relation' compares them.</summary>
    private static readonly string[] s_placing = ["database", "schema", "alias"];

    /// <summary>The settings that change nothing in the warehouse. Source: dbt-core, CompareBehavior.Exclude in artifacts/resources.</summary>
    private static readonly string[] s_notCompared = ["tags", "group"];

    // a setting that is empty on one side and missing on the other is not a difference
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

    // compares unrendered settings, because the schema's prefix comes from the target, and macros and vars may give other names for other targets
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

    // dbt writes the unrendered value only if a flag of the project requests it
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
        return now.RootElement.EnumerateObject().Any(part => Canonical(part.Value) != Canonical(Value(then, part.Name)));
    }

    private static bool FunctionDiffers(Node node, JsonElement then)
    {
        if (node is not FunctionNode)
            return false;

        using var now = AsJson(TypedProperties.Of(node).ToDictionary(p => p.Key, p => p.ManifestValue(node)));
        return Canonical(Value(now.RootElement, "arguments")) != Canonical(Value(then, "arguments"))
            || Canonical(Value(now.RootElement, "returns")) != Canonical(Value(then, "returns"))
            || !Overloads(now.RootElement).SequenceEqual(Overloads(then));
    }

    // dbt compares signature and body; descriptions do not affect the SQL
    private static IEnumerable<string> Overloads(JsonElement function) => Value(function, "overloads") is { ValueKind: JsonValueKind.Array } overloads
        ? overloads.EnumerateArray()
            .Select(o => string.Join('|', ((string[])["defined_in", "arguments", "returns", "raw_body"]).Select(key => Canonical(Value(o, key)))))
        : [];

    // dbt also writes empty values, and the default format of rows
    private static string Canonical(JsonElement declaration) => declaration.ValueKind switch
    {
        JsonValueKind.Object => string.Join(',', declaration.EnumerateObject()
            .Where(entry => !IsNothing(entry.Value) && !(entry.Name == "format" && entry.Value.ToString() == "dict"))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .Select(entry => $"{entry.Name}={Canonical(entry.Value)}")),
        JsonValueKind.Array => string.Join(';', declaration.EnumerateArray().Select(Canonical)),
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

    // a semantic model's relation and an export's location depend on the target
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

        return !before.EnumerateArray().Select(m => m.GetString()).ToHashSet(StringComparer.Ordinal).SetEquals(node.DirectMacros);
    }

    private static bool ContractDiffers(Node node, JsonElement then)
    {
        if (node is not ModelNode model)
            return false;

        var wasEnforced = ContractBreaks.IsEnforced(then);
        if (!model.ContractEnforced || !wasEnforced)
            return model.ContractEnforced != wasEnforced;
        if (PreviousArtifacts.Text(Value(then, "contract"), "checksum") is { } checksum)
            return checksum != ContractChecksum.Of(model);

        var now = model.Columns.ToDictionary(c => c.Name, c => c.DataType, StringComparer.Ordinal);
        var before = Value(then, "columns") is { ValueKind: JsonValueKind.Object } columns
            ? columns.EnumerateObject().ToDictionary(c => c.Name, c => PreviousArtifacts.Text(c.Value, "data_type"), StringComparer.Ordinal)
            : [];
        return now.Count != before.Count || now.Any(c => !before.TryGetValue(c.Key, out var type) || type != c.Value);
    }
}
