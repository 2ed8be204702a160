using Models.Parsing;
using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Engine.Artifacts;

/// <summary>
/// Writes a node's SQL below the target folder if it changed: the compiled SQL to <c>target/compiled/{package}/{path}</c>, the executed SQL to
/// <c>target/run/{package}/{path}</c>.
/// </summary>
internal static class SqlFiles
{
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The user has no permission to write it.</exception>
    public static void WriteCompiled(ParsedProject project, Node node, string sql) => OutputFile.WriteIfDifferent(PathOf(project, "compiled", node), sql);

    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The user has no permission to write it.</exception>
    public static void WriteRun(ParsedProject project, Node node, string sql) => OutputFile.WriteIfDifferent(PathOf(project, "run", node), sql);

    // a node that shares its file with others is written to a folder named after the file
    private static string PathOf(ParsedProject project, string kind, Node node)
    {
        var folder = Path.Combine(project.TargetPath, kind, node.PackageName, node.OriginalFilePath);
        var sharesFile = node is TestNode { TestName: not null } or SnapshotNode or UnitTestNode;
        return sharesFile ? Path.Combine(folder, $"{node.Name}.sql") : folder;
    }
}
