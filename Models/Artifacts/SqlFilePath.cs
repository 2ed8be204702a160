using Models.Parsing;
using Models.Project.Graph;

namespace Models.Artifacts;

/// <summary>Where the SQL of a node is written below the target folder: <c>target/{kind}/{package}/{path}</c>, as in dbt.</summary>
public static class SqlFilePath
{
    /// <param name="project">The project.</param>
    /// <param name="kind"><c>compiled</c> or <c>run</c>.</param>
    /// <param name="node">A node that shares its file with others has a file of its own in a folder named after that file.</param>
    public static string Of(ParsedProject project, string kind, Node node)
    {
        var path = Path.Combine(project.TargetPath, kind, node.PackageName, node.OriginalFilePath.Replace('/', Path.DirectorySeparatorChar));
        return node is TestNode { TestName: not null } or SnapshotNode or UnitTestNode ? Path.Combine(path, $"{node.Name}.sql") : path;
    }
}
