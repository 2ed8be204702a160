using Models.Diagnostics;
using Models.Project.Files;
using Models.Project.Graph;

namespace Models.Rendering.Context;

/// <summary>Finds where a hook is written: in the node's own file, in its properties file, or in a dbt_project.yml.</summary>
internal static class HookPlaces
{
    /// <summary>Returns the hook with its positions in the file; null if no file contains it verbatim.</summary>
    public static SourceText? Find(DbtProject project, Node node, string hook)
    {
        if (node is OperationNode operation)
            return operation.Source;

        // in a model, the hook is a string argument of config()
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
