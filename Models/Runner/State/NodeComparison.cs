using System.Text.Json;
using Models.Compiler.Graph;

namespace Models.Runner.State;

/// <summary>Compares a node with what an earlier manifest says of it.</summary>
internal static class NodeComparison
{
    public static bool Differs(Node node, JsonElement then, string part) => part switch
    {
        "" => BodyDiffers(node, then) || ConfigDiffers(node, then) || RelationDiffers(node, then) || DescriptionsDiffer(node, then)
            || MacrosDiffer(node, then) || ContractDiffers(node, then),
        "body" => BodyDiffers(node, then),
        "configs" => ConfigDiffers(node, then),
        "relation" => RelationDiffers(node, then),
        "persisted_descriptions" => DescriptionsDiffer(node, then),
        "macros" => MacrosDiffer(node, then),
        "contract" => ContractDiffers(node, then),
        _ => throw new RunException($"'state:modified.{part}' is not known; the parts are body, configs, relation, persisted_descriptions, macros and contract."),
    };

    private static bool BodyDiffers(Node node, JsonElement then) =>
        node is ITemplatedNode templated && Trim(templated.Source.Text) != Trim(PreviousState.Text(then, "raw_code") ?? "");

    private static string Trim(string text) => text.ReplaceLineEndings("\n").Trim();

    private static bool ConfigDiffers(Node node, JsonElement then)
    {
        return then.TryGetProperty("config", out _) && node.Config.GetString("materialized") is { } m
            && PreviousState.Text(then.GetProperty("config"), "materialized") is { } before && m != before;
    }

    private static bool RelationDiffers(Node node, JsonElement then) =>
        node is RelationNode and not TestNode
        && ((node as RelationNode)!.Relation.Identifier != (PreviousState.Text(then, "alias") ?? PreviousState.Text(then, "identifier")));

    private static bool DescriptionsDiffer(Node node, JsonElement then) =>
        node.Config.TryGet("persist_docs", out _) && node.Description != (PreviousState.Text(then, "description") ?? "");

    private static bool MacrosDiffer(Node node, JsonElement then)
    {
        if (!then.TryGetProperty("depends_on", out var depends) || !depends.TryGetProperty("macros", out var macros))
            return false;

        var before = macros.EnumerateArray().Select(m => m.GetString()).ToHashSet(StringComparer.Ordinal);
        return !before.SetEquals(node.DependsOnMacros);
    }

    private static bool ContractDiffers(Node node, JsonElement then)
    {
        if (node is not ModelNode { ContractEnforced: true } model || !then.TryGetProperty("columns", out var columns))
            return false;

        var now = model.Columns.ToDictionary(c => c.Name, c => c.DataType, StringComparer.Ordinal);
        var before = columns.EnumerateObject().ToDictionary(c => c.Name, c => PreviousState.Text(c.Value, "data_type"), StringComparer.Ordinal);
        return now.Count != before.Count || now.Any(c => !before.TryGetValue(c.Key, out var type) || type != c.Value);
    }
}
