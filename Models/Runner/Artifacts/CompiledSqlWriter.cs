using Models.Compiler;
using Models.Compiler.Graph;

namespace Models.Runner.Artifacts;

/// <summary>Writes rendered SQL to <c>target/compiled/{package}/{path}</c>, only where it differs from what is there.</summary>
internal static class CompiledSqlWriter
{
    public static void Write(ParsedProject project, IReadOnlyList<NodeResult> results)
    {
        foreach (var result in results)
        {
            if (result.CompiledSql is { } sql)
                Write(project, result.Node, sql);
        }
    }

    /// <summary>The file of a node below <c>target/compiled</c>; a node that shares its file with others gets a folder of that name.</summary>
    private static string PathOf(ParsedProject project, Node node)
    {
        var folder = Path.Combine(project.TargetPath, "compiled", node.PackageName, node.OriginalFilePath);
        var sharesFile = node is TestNode { TestName: not null } or SnapshotNode;
        return sharesFile ? Path.Combine(folder, $"{node.Name}.sql") : folder;
    }

    public static void Write(ParsedProject project, Node node, string sql)
    {
        var path = PathOf(project, node);
        if (File.Exists(path) && File.ReadAllText(path) == sql)
            return;

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, sql);
    }
}
