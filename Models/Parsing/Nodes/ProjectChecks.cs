using Models.Project.Diagnostics;
using Models.Project.Graph;

namespace Models.Parsing.Nodes;

/// <summary>Checks that require all nodes.</summary>
internal static class ProjectChecks
{
    /// <summary>Reports properties of nodes that do not exist.</summary>
    public static void ReportUnused(ParseSession session)
    {
        session.Properties.ReportUnused(section => Names(session, section));
        ReportUnusedConfiguration(session);
    }

    public static void Report(ParseSession session, ProjectGraph graph, IReadOnlyList<GroupDefinition> groups)
    {
        ReportUnknownGroups(session, graph, groups);
        ReportUnknownSources(session, graph);
        ReportDeprecatedModels(session, graph);
        ReportNakedNumerics(session, graph);
        ReportConstraintsOfViews(session, graph);
        ReportSeveralDisabled(session);
        ConfigChecks.Report(session);
        UnitTestChecks.Report(session);
    }

    private static IEnumerable<string> Names(ParseSession session, string section) => section switch
    {
        "models" => session.Nodes.OfType<ModelNode>().Select(n => n.Name),
        "seeds" => session.Nodes.OfType<SeedNode>().Select(n => n.Name),
        "snapshots" => session.Nodes.OfType<SnapshotNode>().Select(n => n.Name),
        "analyses" => session.Nodes.OfType<AnalysisNode>().Select(n => n.Name),
        "functions" => session.Nodes.OfType<FunctionNode>().Select(n => n.Name),
        "macros" => session.Project.Macros.NamesFor(session.Project.Name),
        _ => session.Nodes.OfType<TestNode>().Select(n => n.Name),
    };

    private static void ReportUnusedConfiguration(ParseSession session)
    {
        foreach (var (type, tree) in session.Project.Packages[0].Configs)
        {
            foreach (var level in tree.Unused())
                session.Diagnostics.Add(ProjectDiagnostics.UnusedConfigurationPath(level.Span, level.Path, type.Name()));
        }
    }

    private static void ReportUnknownGroups(ParseSession session, ProjectGraph graph, IReadOnlyList<GroupDefinition> groups)
    {
        var known = groups.Select(g => g.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var node in graph.InOrder)
        {
            if (node.Group is { } group && !known.Contains(group))
                session.Diagnostics.Add(ProjectDiagnostics.UnknownGroup(node.Span, group, known));
        }
    }

    /// <summary>
    /// Reports uses of deprecated models. Tests do not count as uses. Source: docs.getdbt.com/reference/resource-properties/deprecation_date.
    /// </summary>
    private static void ReportDeprecatedModels(ParseSession session, ProjectGraph graph)
    {
        var now = session.Project.Options.TimeProvider.GetUtcNow();
        foreach (var model in graph.InOrder.OfType<ModelNode>())
        {
            if (model.DeprecatedFrom is not { } from)
                continue;

            var name = model.Version is null ? model.Name : $"{model.Name}.v{model.Version}";
            if (from <= now)
                session.Diagnostics.Add(ProjectDiagnostics.DeprecatedModel(model.Described?.NameSpan ?? model.Span, name, model.DeprecationDate!));

            var latest = model.Version == model.LatestVersion ? null : model.LatestVersion;
            foreach (var reader in graph.Children(model.UniqueId).Select(id => graph[id]).Where(n => n is not (TestNode or UnitTestNode)))
            {
                var span = reader.Refs.FirstOrDefault(r => r.UniqueId == model.UniqueId)?.Span ?? reader.Span;
                session.Diagnostics.Add(GraphDiagnostics.DeprecatedRef(span, name, reader.Name, model.DeprecationDate!, from <= now, latest));
            }
        }
    }

    /// <summary>Only tables have constraints. Source: docs.getdbt.com/reference/resource-properties/constraints.</summary>
    private static void ReportConstraintsOfViews(ParseSession session, ProjectGraph graph)
    {
        foreach (var model in graph.InOrder.OfType<ModelNode>().Where(m => m.ContractEnforced && m.Materialized is not ("table" or "incremental")))
        {
            if (model.Constraints.Concat(model.Columns.SelectMany(c => c.Constraints)).Any(c => c.WarnUnsupported))
                session.Diagnostics.Add(
                    ProjectDiagnostics.UnsupportedConstraints(model.Described?.NameSpan ?? model.Span, model.Materialized, model.Name));
        }
    }

    /// <summary>Properties of a name that only disabled models have belong to one of them; which one, they do not say.</summary>
    private static void ReportSeveralDisabled(ParseSession session)
    {
        foreach (var models in session.Nodes.OfType<ModelNode>().GroupBy(m => m.UniqueId, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            if (models.All(m => !m.Config.Enabled) && models.FirstOrDefault(m => m.Described is not null) is { } model)
                session.Diagnostics.Add(ProjectDiagnostics.SeveralDisabled(
                    model.Described!.NameSpan, model.Name, [.. models.Select(m => m.OriginalFilePath).Order(StringComparer.Ordinal)]));
        }
    }

    private static void ReportNakedNumerics(ParseSession session, ProjectGraph graph)
    {
        foreach (var model in graph.InOrder.OfType<ModelNode>().Where(m => m.ContractEnforced))
        {
            var naked = model.Columns.Where(c => c.DataType?.Trim().ToLowerInvariant() is "numeric" or "decimal").ToList();
            if (naked.Count > 0)
                session.Diagnostics.Add(ProjectDiagnostics.NakedNumeric(naked[0].Span ?? model.Span, naked.Select(c => c.Name)));
        }
    }

    /// <summary>Reports sources without columns; a source that no node reads is not reported.</summary>
    private static void ReportUnknownSources(ParseSession session, ProjectGraph graph)
    {
        foreach (var node in graph.InOrder)
        {
            if (node is SourceNode { IsUnknown: true } source && graph.Children(source.UniqueId).Any(c => !c.StartsWith("test.", StringComparison.Ordinal)))
                session.Diagnostics.Add(ProjectDiagnostics.SourceWithoutColumns(source.Span, $"{source.SourceName}.{source.Name}"));
        }
    }
}
