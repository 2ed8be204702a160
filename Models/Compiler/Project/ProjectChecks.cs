using Models.Compiler.Diagnostics;
using Models.Compiler.Graph;
using Models.Compiler.Project.Nodes;

namespace Models.Compiler.Project;

/// <summary>What can only be judged once every node is known.</summary>
internal static class ProjectChecks
{
    public static void Report(ParseSession session, ProjectGraph graph)
    {
        session.Properties.ReportUnused(section => Names(session, section));
        ReportUnusedConfiguration(session);
        ReportUnknownGroups(session, graph);
        ReportUnknownSources(session, graph);
    }

    private static IEnumerable<string> Names(ParseSession session, string section) => section switch
    {
        "models" => session.Nodes.OfType<ModelNode>().Select(n => n.Name),
        "seeds" => session.Nodes.OfType<SeedNode>().Select(n => n.Name),
        "snapshots" => session.Nodes.OfType<SnapshotNode>().Select(n => n.Name),
        "analyses" => session.Nodes.OfType<AnalysisNode>().Select(n => n.Name),
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

    private static void ReportUnknownGroups(ParseSession session, ProjectGraph graph)
    {
        var known = session.Properties.Groups.Select(g => g.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var node in graph.InOrder)
        {
            if (node.Group is { } group && !known.Contains(group))
                session.Diagnostics.Add(ProjectDiagnostics.UnknownGroup(node.Span, group, known));
        }
    }

    /// <summary>A source nobody reads need not be known.</summary>
    private static void ReportUnknownSources(ParseSession session, ProjectGraph graph)
    {
        foreach (var node in graph.InOrder)
        {
            if (node is SourceNode { IsUnknown: true } source && graph.Children(source.UniqueId).Any(c => !c.StartsWith("test.", StringComparison.Ordinal)))
                session.Diagnostics.Add(ProjectDiagnostics.SourceWithoutColumns(source.Span, $"{source.SourceName}.{source.Name}"));
        }
    }
}
