using System.Drawing;
using System.Text.RegularExpressions;
using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Diagnostics;
using Models.Project.Graph;

namespace Models.Parsing.Nodes;

/// <summary>Rejects settings that dbt rejects while it reads a project, before anything runs.</summary>
internal static partial class ConfigChecks
{
    public static void Report(ParseSession session)
    {
        foreach (var node in session.Nodes)
        {
            CheckEnabled(node, session.Diagnostics);
            if (!node.Config.Enabled)
                continue;

            CheckMaterialized(node, session.Diagnostics);
            CheckOnError(node, session.Diagnostics);
            CheckPointer(node, session.Diagnostics);
            CheckColor(node, session.Diagnostics);
            if (node is SeedNode seed)
                CheckSeed(seed, session.Diagnostics);
            else if (node is SnapshotNode)
                CheckSnapshot(node, session.Diagnostics);
        }
    }

    private static void CheckEnabled(Node node, DiagnosticBag diagnostics)
    {
        if (node.Config.SetValues.GetValueOrDefault("enabled") is { } enabled and not bool)
            diagnostics.Add(
                ProjectDiagnostics.InvalidValue(node.Span, PythonText.Str(enabled), "enabled", $"true or false for {node.ResourceType.Name()} '{node.Name}'"));
    }

    /// <summary>Checks that seeds, snapshots and tests have their only possible materialization.</summary>
    private static void CheckMaterialized(Node node, DiagnosticBag diagnostics)
    {
        var only = node switch { SeedNode => "seed", SnapshotNode => "snapshot", TestNode => "test", _ => null };
        if (only is not null && node.Config.GetString("materialized") is { } other && other != only)
            diagnostics.Add(ProjectDiagnostics.InvalidValue(
                node.Span, other, "materialized", $"a {only} must have a materialized value of '{only}', and '{node.Name}' is one"));
    }

    /// <summary>Checks what happens to the dependents of a model that fails. Source: dbt-core 1.12, resources/v1/model.py.</summary>
    private static void CheckOnError(Node node, DiagnosticBag diagnostics)
    {
        if (node is ModelNode && node.Config.TryGet("on_error", out var value) && value is not (null or "continue" or "skip_children"))
            diagnostics.Add(ProjectDiagnostics.InvalidValue(
                node.Span, PythonText.Str(value), "on_error", $"'continue' or 'skip_children' for the model '{node.Name}'"));
    }

    private static void CheckPointer(Node node, DiagnosticBag diagnostics)
    {
        if (node is not ModelNode || !node.Config.TryGet(LatestVersionPointer.Setting, out var value) || value is null)
            return;

        if (value is not JinjaDict || MappingValue.Value(value, "enabled") is not (null or bool) || MappingValue.Value(value, "alias") is not (null or string))
            diagnostics.Add(ProjectDiagnostics.InvalidValue(
                node.Span, PythonText.Str(value), LatestVersionPointer.Setting, $"a mapping with 'enabled' and 'alias' for the model '{node.Name}'"));
    }

    private static void CheckColor(Node node, DiagnosticBag diagnostics)
    {
        if (node.Config.TryGet("docs", out var docs) && MappingValue.Value(docs, "node_color") is string { Length: > 0 } color && !IsColor(color))
            diagnostics.Add(ProjectDiagnostics.InvalidValue(
                node.Span, color, "docs.node_color", $"an HTML color name or a hexadecimal code such as '#ff00aa' for '{node.Name}'"));
    }

    private static bool IsColor(string text) =>
        HexColor().IsMatch(text)
        || (char.IsAsciiLetter(text[0])
            && Enum.TryParse<KnownColor>(text.Replace("grey", "gray", StringComparison.OrdinalIgnoreCase), ignoreCase: true, out var known)
            && !Color.FromKnownColor(known).IsSystemColor);

    /// <summary>Seeds are loaded first, so that their hooks must not reference other nodes.</summary>
    private static void CheckSeed(SeedNode seed, DiagnosticBag diagnostics)
    {
        var read = seed.Refs.Select(r => $"ref('{r.Name}')").Concat(seed.SourceRefs.Select(s => $"source('{s.SourceName}', '{s.TableName}')")).FirstOrDefault();
        if (read is not null)
            diagnostics.Add(ProjectDiagnostics.SeedReads(seed.Span, seed.Name, read));
        if (seed.Config.GetString("delimiter") is { } delimiter && (delimiter.Length != 1 || delimiter[0] is '"' or '\r' or '\n'))
            diagnostics.Add(ProjectDiagnostics.InvalidValue(
                seed.Span, delimiter, "delimiter", $"one character other than a quote or a line break for the seed '{seed.Name}'"));
    }

    /// <summary>
    /// Checks the settings of a snapshot strategy; a custom strategy may have any settings. Source: docs.getdbt.com/reference/snapshot-configs.
    /// </summary>
    private static void CheckSnapshot(Node snapshot, DiagnosticBag diagnostics)
    {
        var strategy = snapshot.Config.GetString("strategy");
        var problem = strategy switch
        {
            null or "" => "must be configured with a 'strategy' and 'unique_key'; the strategy is missing",
            _ when IsEmpty("unique_key") => "must be configured with a 'strategy' and 'unique_key'; the unique_key is missing",
            "check" when IsEmpty("check_cols") => "has the check strategy, so it must specify check_cols: a list of columns, or all",
            "check" when snapshot.Config.TryGet("check_cols", out var columns) && columns is string and not "all" =>
                $"has the check_cols '{columns}', but they are a list of columns, or all",
            "timestamp" when IsEmpty("updated_at") => "has the timestamp strategy, so it must specify updated_at: the column that says when a row changed",
            "timestamp" when !IsEmpty("check_cols") => "has the timestamp strategy, so it should not have check_cols",
            _ => null,
        };
        if (problem is not null)
            diagnostics.Add(ProjectDiagnostics.InvalidSnapshot(snapshot.Span, snapshot.Name, problem));

        bool IsEmpty(string key) => !snapshot.Config.TryGet(key, out var value) || value is null or "" or JinjaList { Count: 0 };
    }

    [GeneratedRegex("^#([0-9a-f]{3}|[0-9a-f]{6})$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex HexColor();
}
