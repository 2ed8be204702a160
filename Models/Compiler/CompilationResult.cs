using Models.Analysis;
using Models.Diagnostics;
using Models.Parsing;

namespace Models.Compiler;

/// <summary>The results of a compilation.</summary>
public sealed record CompilationResult
{
    public required ParsedProject Project { get; init; }

    /// <summary>Columns and lineage by unique id, for relations.</summary>
    public required IReadOnlyDictionary<string, AnalysedNode> Nodes { get; init; }

    /// <summary>All diagnostics by file and position, with the severities that the options define.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>Absolute paths of generated C# files, including unchanged ones.</summary>
    public required IReadOnlyList<string> CodeFiles { get; init; }

    /// <summary>Absolute paths of the artifacts and of the build cache's files.</summary>
    public required IReadOnlyList<string> OtherFiles { get; init; }

    /// <summary>Absolute paths of input files outside the project's folder: of packages elsewhere, contracts, profiles.yml.</summary>
    public required IReadOnlyList<string> InputFiles { get; init; }

    /// <summary>Absolute paths of the folders of packages elsewhere; files added to them are inputs too.</summary>
    public required IReadOnlyList<string> InputFolders { get; init; }

    /// <summary>Names of the environment variables that templates read, in this compilation or in an earlier one whose results were reused.</summary>
    public required IReadOnlyList<string> EnvironmentVariables { get; init; }

    /// <summary>The number of nodes that PostgreSQL analysed.</summary>
    public required int AnalysedCount { get; init; }

    public bool Succeeded => !Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);
}
