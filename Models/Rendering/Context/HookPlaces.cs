using Models.Diagnostics;
using Models.Project.Files;
using Models.Project.Graph;

namespace Models.Rendering.Context;

/// <summary>Where a hook is written: in the node's own file, in its properties file, or in a dbt_project.yml.</summary>
internal static class HookPlaces
{
    /// <summary>The hook with the places of its file; null where it does not stand anywhere as it is.</summary>
    public static SourceText? Find(DbtProject project, Node node, string hook)
    {
        if (node is OperationNode operation)
            return operation.Source;

        // in a model the hook is a text of its config()
        return (node is ITemplatedNode templated ? EmbeddedText.Find(templated.Source, hook, isQuoted: true) : null)
            ?? Files(project, node).Select(file => EmbeddedText.Find(file, hook)).FirstOrDefault(found => found is not null);
    }

    private static IEnumerable<SourceText> Files(DbtProject project, Node node)
    {
        foreach (var package in project.Packages.Where((p, i) => i == 0 || p.Name == node.PackageName))
            yield return package.Source;

        if (node.PatchPath?.Split("://") is [var owner, var relative] && project.Packages.FirstOrDefault(p => p.Name == owner) is { } described
            && SourceFile.Read(Path.Combine(described.Root, relative), new DiagnosticBag()) is { } properties)
            yield return properties;
    }
}
