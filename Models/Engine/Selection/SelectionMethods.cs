using Models.Database;
using Models.Project.Graph;

namespace Models.Engine.Selection;

/// <summary>Decides whether a method's value matches a node.</summary>
/// <param name="context">The project and the earlier run.</param>
/// <param name="node">The node to check.</param>
/// <param name="detail">The text after the method's dot: <c>materialized</c> in <c>config.materialized:view</c>.</param>
/// <param name="value">The text after the colon.</param>
internal delegate bool SelectionMethod(SelectionContext context, Node node, string detail, string value);

/// <summary>The table of all selection methods by name.</summary>
internal static class SelectionMethods
{
    private static readonly Dictionary<string, SelectionMethod> Methods = new(StringComparer.Ordinal)
    {
        ["fqn"] = Fqn,
        ["tag"] = (_, node, _, value) => node.Tags.Any(t => NamePattern.Matches(t, value)),
        ["path"] = (_, node, _, value) => IsPath(node.OriginalFilePath, value) || IsPatchPath(node.PatchPath, value),
        ["file"] = (_, node, _, value) => IsFile(node.OriginalFilePath, value),
        ["package"] = (context, node, _, value) => NamePattern.Matches(node.PackageName, value == "this" ? context.Project.Name : value),
        ["config"] = (_, node, detail, value) => ConfigMatch.Matches(node.Config, detail, value),
        ["source"] = IsSource,
        ["exposure"] = (_, node, _, value) => node is ExposureNode && IsNamed(node, value),
        ["metric"] = (_, node, _, value) => node is MetricNode && IsNamed(node, value),
        ["semantic_model"] = (_, node, _, value) => node is SemanticModelNode && IsNamed(node, value),
        ["saved_query"] = (_, node, _, value) => node is SavedQueryNode && IsNamed(node, value),
        ["unit_test"] = (_, node, _, value) => node is UnitTestNode && IsNamed(node, value),
        ["resource_type"] = (_, node, _, value) => node.ResourceType.Name() == value || (value == "data_test" && node is TestNode),
        ["group"] = (_, node, _, value) => node is ModelNode or SeedNode or SnapshotNode && node.Group is { } group && NamePattern.Matches(group, value),
        ["access"] = (_, node, _, value) => node is ModelNode model && model.Access == value,
        ["version"] = (_, node, _, value) => node is ModelNode model && IsVersion(model, value),
        ["test_type"] = (_, node, _, value) => IsTestType(node, value),
        ["test_name"] = (_, node, _, value) => node switch
        {
            TestNode { TestName: { } name } => NamePattern.Matches(name, value),
            UnitTestNode => NamePattern.Matches(node.Name, value),
            _ => false,
        },
        ["state"] = (context, node, detail, value) => StateSelection.Matches(context.RequireState("state"), node, value, detail),
        ["result"] = (context, node, _, value) => context.RequireState("result").ResultOf(node.UniqueId) == value,
        ["source_status"] = (context, node, _, value) => StateSelection.IsSourceStatus(context.RequireState("source_status"), node, value),
    };

    /// <summary>Finds a method by name, and its detail.</summary>
    public static (SelectionMethod Method, string Detail) Find(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var (key, detail) = dot < 0 ? (name, "") : (name[..dot], name[(dot + 1)..]);
        if (Methods.TryGetValue(key, out var method))
            return (method, detail);

        throw new RunException($"There is no selector method '{key}'. The methods are {string.Join(", ", Methods.Keys
            .Append(NodeSelector.SelectorMethod).Order(StringComparer.Ordinal))}.");
    }

    private static bool Fqn(SelectionContext context, Node node, string detail, string value) =>
        node is not SourceNode && (value == "*" || QualifiedName.Matches(node.Fqn, value, node is ModelNode { Version: not null }));

    private static bool IsNamed(Node node, string value)
    {
        var parts = value.Split('.');
        return parts.Length == 2
            ? NamePattern.Matches(node.PackageName, parts[0]) && NamePattern.Matches(node.Name, parts[1])
            : NamePattern.Matches(node.Name, value);
    }

    private static bool IsPath(string path, string value)
    {
        for (var current = path; !string.IsNullOrEmpty(current); current = Path.GetDirectoryName(current)?.Replace('\\', '/'))
        {
            if (IsThisPath(current, value))
                return true;
        }

        return false;
    }

    private static bool IsThisPath(string path, string value)
    {
        var pattern = value.Replace('\\', '/').TrimEnd('/');
        if (pattern.StartsWith("./", StringComparison.Ordinal))
            pattern = pattern[2..];

        return NamePattern.HasWildcard(pattern) ? NamePattern.MatchesPath(path, pattern) : path == pattern;
    }

    // a properties file matches the nodes that it describes
    private static bool IsPatchPath(string? path, string value) =>
        path?.IndexOf("://", StringComparison.Ordinal) is >= 0 and var end && IsThisPath(path[(end + 3)..], value);

    private static bool IsFile(string path, string value) =>
        NamePattern.Matches(Path.GetFileName(path), value) || NamePattern.Matches(Path.GetFileNameWithoutExtension(path), value);

    private static bool IsSource(SelectionContext context, Node node, string detail, string value)
    {
        if (node is not SourceNode source)
            return false;

        return value.Split('.') switch
        {
            [var name] => NamePattern.Matches(source.SourceName, name),
            [var name, var table] => NamePattern.Matches(source.SourceName, name) && NamePattern.Matches(source.Name, table),
            [var package, var name, var table] => NamePattern.Matches(source.PackageName, package)
                && NamePattern.Matches(source.SourceName, name)
                && NamePattern.Matches(source.Name, table),
            _ => throw new RunException($"'source:{value}' has too many parts; write source:name, source:name.table or source:package.name.table."),
        };
    }

    private static bool IsVersion(ModelNode model, string value) => value switch
    {
        "none" => model.Version is null,
        "latest" => model.Version is not null && model.Version == model.LatestVersion,
        "old" => CompareWithLatest(model) < 0,
        "prerelease" => CompareWithLatest(model) > 0,
        _ => model.Version == value,
    };

    private static int CompareWithLatest(ModelNode model)
    {
        if (model.Version is null || model.LatestVersion is null)
            return 0;

        return decimal.TryParse(model.Version, out var version) && decimal.TryParse(model.LatestVersion, out var latest)
            ? version.CompareTo(latest)
            : string.CompareOrdinal(model.Version, model.LatestVersion);
    }

    private static bool IsTestType(Node node, string value) => value switch
    {
        "generic" => node is TestNode { TestName: not null },
        "singular" => node is TestNode { TestName: null },
        "data" => node is TestNode,
        "unit" => node is UnitTestNode,
        _ => throw new RunException($"'test_type:{value}' is not known; the types are generic, singular, data and unit."),
    };
}
