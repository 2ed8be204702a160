using Models.Artifacts;
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
    public static void WriteCompiled(ParsedProject project, Node node, string sql) =>
        OutputFile.WriteIfDifferent(SqlFilePath.Of(project, "compiled", node), sql);

    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The user has no permission to write it.</exception>
    public static void WriteRun(ParsedProject project, Node node, string sql) =>
        OutputFile.WriteIfDifferent(SqlFilePath.Of(project, "run", node), sql);
}
